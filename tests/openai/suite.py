"""The official client of the OpenAI API against `foolscap serve`.

    suite.py URL KEY MODEL

Each case is a function; its name says what holds. Prints one line a case, and exits with 1 if any does not hold.
Needs: pip install openai
"""
import json
import sys

import openai

URL, KEY, MODEL = sys.argv[1:4]
client = openai.OpenAI(base_url=URL, api_key=KEY, max_retries=0, timeout=120)
STORY = "The lamp had been burning since four,"
TURNS = [{"role": "system", "content": "Answer shortly."}, {"role": "user", "content": "Who is there?"}]


def complete(**more):
    return client.completions.create(**{"model": MODEL, "prompt": STORY, "max_tokens": 12, "seed": 7} | more)


def chat(**more):
    return client.chat.completions.create(**{"model": MODEL, "messages": TURNS, "max_tokens": 12, "seed": 7} | more)


def refused(kind, call):
    """The error that a call ends with."""
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"nothing was refused where {kind.__name__} was expected")


def the_model_is_listed():
    assert [model.id for model in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).id == MODEL
    refused(openai.NotFoundError, lambda: client.models.retrieve("another"))


def a_text_is_completed():
    answer = complete()
    choice = answer.choices[0]
    assert choice.text and choice.finish_reason == "length", choice
    assert answer.usage.completion_tokens == 12 and answer.usage.prompt_tokens > 5, answer.usage
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + 12
    assert answer.model == MODEL and answer.object == "text_completion"


def the_same_seed_gives_the_same_text():
    assert complete(max_tokens=30).choices[0].text == complete(max_tokens=30).choices[0].text
    assert complete(max_tokens=30).choices[0].text != complete(max_tokens=30, seed=8).choices[0].text


def several_answers_to_several_prompts_are_told_apart():
    answer = complete(prompt=[STORY, "Once upon a time"], n=2)
    assert [choice.index for choice in answer.choices] == [0, 1, 2, 3]
    assert answer.usage.completion_tokens == 48
    assert answer.choices[0].text == complete(n=2).choices[0].text


def tokens_can_be_sent_in_the_place_of_a_text():
    assert complete(prompt=[65, 66, 67]).usage.prompt_tokens == 3


def a_text_stops_where_it_is_told_to():
    text = complete(max_tokens=40).choices[0].text
    word = text.split()[2]
    answer = complete(max_tokens=40, stop=[word]).choices[0]
    assert answer.finish_reason == "stop" and word not in answer.text, (text, answer)
    assert text.startswith(answer.text)


def what_each_token_could_have_been_is_told():
    told = complete(logprobs=3, temperature=0).choices[0].logprobs
    assert len(told.tokens) == len(told.token_logprobs) == len(told.text_offset) == 12
    assert all(logprob <= 0 for logprob in told.token_logprobs)
    assert all(len(top) <= 3 and max(top.values()) == logprob for top, logprob in
               zip(told.top_logprobs, told.token_logprobs)), "the likeliest was drawn"
    content = chat(logprobs=True, top_logprobs=2).choices[0].logprobs.content
    assert content and all(len(token.top_logprobs) == 2 for token in content)


def a_conversation_is_answered():
    answer = chat()
    message = answer.choices[0].message
    assert message.role == "assistant" and message.content, answer
    assert answer.usage.prompt_tokens > 10


def an_answer_that_has_begun_goes_on():
    begun = TURNS + [{"role": "assistant", "content": "It is only the"}]
    assert chat(messages=begun).choices[0].message.content


def a_stream_is_the_same_text_as_it_comes():
    pieces = list(complete(stream=True, max_tokens=60))
    text = "".join(piece.choices[0].text for piece in pieces)
    assert text == complete(max_tokens=60).choices[0].text
    assert pieces[-1].choices[0].finish_reason == "length" and len(pieces) > 1
    chunks = list(chat(stream=True, max_tokens=40, stream_options={"include_usage": True}))
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].usage.completion_tokens == 40 and not chunks[-1].choices
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks[:-1])
    assert text == chat(max_tokens=40).choices[0].message.content


def a_stream_tells_tokens_with_their_text():
    told = [piece.choices[0].logprobs for piece in complete(stream=True, logprobs=1, max_tokens=20)]
    assert sum(len(logprobs.tokens) for logprobs in told if logprobs) == 20


def an_answer_has_the_form_of_its_schema():
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string", "maxLength": 12}, "age": {"type": "integer", "maximum": 99}},
        "required": ["name", "age"],
        "additionalProperties": False,
    }
    form = {"type": "json_schema", "json_schema": {"name": "person", "schema": schema}}
    answer = json.loads(chat(response_format=form, max_tokens=200).choices[0].message.content)
    assert set(answer) == {"name", "age"} and isinstance(answer["age"], int), answer
    error = refused(openai.BadRequestError, lambda: chat(
        response_format={"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "no type"}}}))
    assert error.message
    digits = complete(extra_body={"regex": "[0-9]{4}"}).choices[0].text
    assert len(digits) == 4 and digits.isdigit(), digits


def a_closed_connection_stops_the_work():
    stream = complete(stream=True, n=16, max_tokens=450)
    next(iter(stream))
    stream.close()
    assert complete().choices[0].text


def another_key_is_refused():
    stranger = openai.OpenAI(base_url=URL, api_key="not-the-key", max_retries=0)
    error = refused(openai.AuthenticationError, stranger.models.list)
    assert error.code == "invalid_api_key", error.code
    refused(openai.AuthenticationError, lambda: stranger.completions.create(model=MODEL, prompt="a"))


def an_oversized_prompt_is_refused():
    error = refused(openai.BadRequestError, lambda: complete(prompt="word " * 5000))
    assert error.code == "context_length_exceeded", error.code
    error = refused(openai.BadRequestError, lambda: complete(prompt="word " * 5000, stream=True))
    assert error.code == "context_length_exceeded", error.code
    refused(openai.APIStatusError, lambda: complete(prompt="word " * 5_000_000))


def what_is_not_here_is_refused_by_name():
    error = refused(openai.NotFoundError, lambda: complete(model="gpt-none"))
    assert error.code == "model_not_found" and MODEL in error.message
    tool = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}
    error = refused(openai.BadRequestError, lambda: chat(tools=[tool]))
    assert error.param == "tools", error.param
    error = refused(openai.BadRequestError, lambda: complete(temperature=9))
    assert error.param == "temperature", error.param


def main():
    cases = [case for name, case in globals().items()
             if callable(case) and getattr(case, "__module__", "") == "__main__"
             and name not in ("complete", "chat", "refused", "main")]
    failed = 0
    for case in cases:
        try:
            case()
            print("ok", case.__name__)
        except Exception as error:  # the next case is of interest, too
            failed += 1
            print("FAILED", case.__name__, repr(error))
    sys.exit(1 if failed or not cases else 0)


main()
