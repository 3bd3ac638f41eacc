//! Figures as SVG, for a report that needs nothing else. Colours are the page's own (`currentColor`), so that they hold in
//! light and dark.

use plotters::prelude::*;

use crate::api::ArmResult;

const WIDTH: u32 = 480;
/// Of an arm.
const ROW: u32 = 28;
const AXIS: u32 = 44;
/// Kept for names, in pixels.
const NAMES: u32 = 176;
/// Characters of a name; more would run into the figure.
const NAME: usize = 27;
/// Stands for the page's own colour of text while the library draws, which knows only colours.
const INK: RGBColor = RGBColor(1, 2, 3);

/// Strengths with their intervals; none where nobody has chosen.
pub(crate) fn strengths(arms: &[ArmResult]) -> Option<String> {
    let rows: Vec<(String, [f64; 3])> = arms
        .iter()
        .filter_map(|arm| arm.strength.map(|s| (arm.title.clone(), [s.low, s.value, s.high])))
        .collect();
    let ends = rows.iter().flat_map(|(_, [low, _, high])| [*low, *high]);
    draw(
        rows.len(),
        ends.chain([0.0]),
        "log-strength",
        &rows.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(),
        |area| {
            area.draw_zero()?;
            for (row, (_, [low, value, high])) in rows.iter().enumerate() {
                area.line(row, *low, *high)?;
                area.dot(row, *value, 4)?;
            }
            Ok(())
        },
    )
}

/// Values as dots, with their quartiles and median; none where there are no values.
pub(crate) fn boxes(rows: &[(String, Vec<f64>)], unit: &str) -> Option<String> {
    let rows: Vec<&(String, Vec<f64>)> = rows.iter().filter(|(_, values)| !values.is_empty()).collect();
    let values = rows.iter().flat_map(|(_, values)| values.iter().copied());
    let names: Vec<&str> = rows.iter().map(|(name, _)| name.as_str()).collect();
    draw(rows.len(), values, unit, &names, |area| {
        for (row, (_, values)) in rows.iter().enumerate() {
            for value in values {
                area.dot(row, *value, 2)?;
            }
            if let Some(found) = foolscap_judging::distribution::summary(values) {
                area.line(row, found.lower_quartile, found.upper_quartile)?;
                area.tick(row, found.median)?;
            }
        }
        Ok(())
    })
}

type Failed = Box<dyn std::error::Error>;

/// Where rows are drawn: one below the other, the first on top.
struct Area<'a, 'b> {
    chart: ChartContext<
        'a,
        SVGBackend<'b>,
        Cartesian2d<plotters::coord::types::RangedCoordf64, plotters::coord::types::RangedCoordf64>,
    >,
    rows: usize,
}

impl Area<'_, '_> {
    fn y(&self, row: usize) -> f64 {
        (self.rows - row) as f64 - 0.5
    }

    fn line(&mut self, row: usize, from: f64, to: f64) -> Result<(), Failed> {
        let y = self.y(row);
        self.chart.draw_series([PathElement::new(vec![(from, y), (to, y)], INK.stroke_width(2))])?;
        Ok(())
    }

    fn tick(&mut self, row: usize, at: f64) -> Result<(), Failed> {
        let y = self.y(row);
        let ends = vec![(at, y - 0.22), (at, y + 0.22)];
        self.chart.draw_series([PathElement::new(ends, INK.stroke_width(2))])?;
        Ok(())
    }

    fn dot(&mut self, row: usize, at: f64, size: i32) -> Result<(), Failed> {
        let y = self.y(row);
        let style = if size > 2 { INK.filled() } else { INK.mix(0.35).filled() };
        self.chart.draw_series([Circle::new((at, y), size, style)])?;
        Ok(())
    }

    fn draw_zero(&mut self) -> Result<(), Failed> {
        let top = self.rows as f64;
        self.chart.draw_series([PathElement::new(vec![(0.0, 0.0), (0.0, top)], INK.mix(0.3))])?;
        Ok(())
    }
}

fn draw(
    rows: usize,
    values: impl Iterator<Item = f64>,
    unit: &str,
    names: &[&str],
    work: impl FnOnce(&mut Area<'_, '_>) -> Result<(), Failed>,
) -> Option<String> {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.filter(|value| value.is_finite()) {
        (least, most) = (least.min(value), most.max(value));
    }
    if rows == 0 || least > most {
        return None;
    }
    let room = ((most - least) * 0.06).max(most.abs().max(1.0) * 0.02);
    let height = AXIS + ROW * u32::try_from(rows).ok()?;
    let mut svg = String::new();
    let drawn = || -> Result<(), Failed> {
        let root = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        let chart = ChartBuilder::on(&root)
            .margin_right(12)
            .x_label_area_size(AXIS - 6)
            .y_label_area_size(NAMES)
            .build_cartesian_2d(least - room..most + room, 0.0..rows as f64)?;
        let mut area = Area { chart, rows };
        area.chart
            .configure_mesh()
            .disable_mesh()
            .axis_style(INK.mix(0.4))
            .label_style(("sans-serif", 12, &INK))
            .x_desc(unit)
            .x_labels(6)
            .y_labels(0)
            .disable_y_axis()
            .draw()?;
        work(&mut area)?;
        for (row, name) in names.iter().enumerate() {
            let short: String = match name.chars().count() > NAME {
                true => name.chars().take(NAME - 1).chain(['…']).collect(),
                false => (*name).to_owned(),
            };
            let y = ROW as i32 * row as i32 + ROW as i32 / 2 - 6;
            root.draw(&Text::new(short, (4, y), ("sans-serif", 12).into_font().color(&INK)))?;
        }
        root.present()?;
        Ok(())
    };
    drawn().ok()?;
    // The library draws in a fixed size and colour; the page has its own.
    let fixed = format!("<svg width=\"{WIDTH}\" height=\"{height}\"");
    Some(svg.replacen(&fixed, "<svg", 1).replace("#010203", "currentColor"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_drawn_in_the_pages_colour_and_size() {
        let rows = vec![("one <b>".to_owned(), vec![1.0, 2.0, 9.0]), ("two".to_owned(), vec![4.0])];
        let svg = boxes(&rows, "words").unwrap();
        assert!(svg.contains("<svg ") && svg.contains("viewBox") && svg.contains("currentColor"), "{svg}");
        assert!(!svg.contains("<b>") && !svg.contains("#010203"), "names are escaped: {svg}");
        assert_eq!(boxes(&[], "words"), None);
        assert_eq!(boxes(&[("x".into(), vec![f64::NAN])], ""), None);
        assert!(boxes(&[("same".into(), vec![3.0, 3.0])], "s").is_some());
    }
}
