namespace PhysOpt.Pictures;

/// <summary>The loss of runs against iterations, evaluations or time.</summary>
internal sealed class LossPicture(PictureBuilder source, PictureNotes notes)
{
    internal Picture Build()
    {
        var losses = source.Runs.SelectMany(run => run.Dots).Select(dot => dot.Vertical);
        var (lowest, smallestPositive) = (losses.Min(), losses.Where(loss => loss > 0).DefaultIfEmpty(double.NaN).Min());
        var logarithmic = lowest >= 0 && double.IsFinite(smallestPositive);
        if (lowest < 0) notes.Remark("Some losses are negative, so that their axis is linear.");

        // where a loss is 0, it is drawn a decade below the smallest that is not
        var floor = double.Floor(double.Log10(smallestPositive)) - 1;
        var zeros = logarithmic ? losses.Count(loss => loss == 0) : 0;
        if (zeros > 0) notes.Remark(
            FormattableString.Invariant(
            $"{zeros} of the losses {(zeros == 1 ? "is" : "are")} 0 and drawn at 1E{floor}, the lower edge of the logarithmic axis."));

        var unit = source.Options.Against == PlotAgainst.Time && source.Runs.Max(run => run.Dots.Max(dot => dot.Horizontal)) < 1 ? 1000 : 1;
        var styles = new CurveStyles(source.Runs, source.Options.ShowsPointsOnly, MarkerShape.Circle);
        var curves = source.Runs.Select(run => styles.Next(run, [.. run.Dots.Select(Placed)])).ToList();
        CurveStyles.NoteDecimation(source.Runs.Sum(run => run.Dots.Count), curves, notes);
        return new()
        {
            Title = source.Options.Title ?? PathPicture.NameOf(source),
            HorizontalLabel = source.Options.Against switch
            {
                PlotAgainst.Evaluations => "evaluations",
                PlotAgainst.Time => unit == 1 ? "time in s" : "time in ms",
                _ => "iteration",
            },
            VerticalLabel = "loss",
            Frame = Frame.Around(curves.SelectMany(curve => curve.Dots)),
            IsLogarithmic = logarithmic,
            CountsHorizontally = source.Options.Against != PlotAgainst.Time,
            Curves = curves,
        };

        Dot Placed(Dot dot) => new(unit * dot.Horizontal, !logarithmic ? dot.Vertical : dot.Vertical == 0 ? floor
            : double.Log10(dot.Vertical));
    }
}
