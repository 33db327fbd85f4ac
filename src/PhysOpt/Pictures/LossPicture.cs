namespace PhysOpt.Pictures;

/// <summary>The loss of runs against iterations, evaluations or time.</summary>
internal sealed class LossPicture(PictureBuilder source, PictureNotes notes)
{
    /// <summary>The decades above the starts that are shown of runs that go up, beside others that do not.</summary>
    const int DecadesAboveStart = 3;

    /// <summary>From here on a run has so many times the evaluations of another that both are not seen on a linear axis.</summary>
    const double UnequalLengths = 10;

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

        var ceiling = logarithmic ? Ceiling() : double.PositiveInfinity;
        if (double.IsFinite(ceiling))
        {
            var above = source.Runs.Where(run => run.Dots.Any(IsAbove)).Select(run => run.Name);
            notes.Remark(FormattableString.Invariant($"Losses above 1E{ceiling} are beyond the upper edge: of {string.Join(", ", above)}."));
        }

        var acrossDecades = source.Options.Against == PlotAgainst.Evaluations && HaveUnequalLengths();
        var unit = source.Options.Against == PlotAgainst.Time && source.Runs.Max(run => run.Dots.Max(dot => dot.Horizontal)) < 1 ? 1000 : 1;
        var styles = new CurveStyles(source.Runs, source.Options.ShowsPointsOnly, MarkerShape.Circle);
        var shown = source.Runs.Select(run => run.Dots.Where((_, i) => !IsBeyond(run.Dots, i)).Select(Placed).ToList()).ToList();
        var curves = source.Runs.Zip(shown, styles.Next).ToList();
        CurveStyles.NoteDecimation(shown.Sum(dots => dots.Count), curves, notes);
        var frame = Frame.Around(curves.SelectMany(curve => curve.Dots));
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
            Frame = frame with { Top = double.Min(frame.Top, ceiling) },
            IsLogarithmic = logarithmic,
            IsLogarithmicAcross = acrossDecades,
            CountsHorizontally = source.Options.Against != PlotAgainst.Time,
            Curves = curves,
        };

        bool IsAbove(Dot dot) => double.Log10(dot.Vertical) > ceiling;

        // of the points above the edge stay those where a line leaves or comes back
        bool IsBeyond(IReadOnlyList<Dot> dots, int i) =>
            i > 0 && IsAbove(dots[i]) && IsAbove(dots[i - 1]) && (i + 1 == dots.Count || IsAbove(dots[i + 1]));

        Dot Placed(Dot dot) => new(
            acrossDecades ? double.Log10(dot.Horizontal) : unit * dot.Horizontal,
            !logarithmic ? dot.Vertical : dot.Vertical == 0 ? floor : double.Min(double.Log10(dot.Vertical), ceiling));
    }

    /// <summary>The decimal logarithm beyond which losses are not shown, where one run goes there and another does not.</summary>
    double Ceiling()
    {
        var starts = source.Runs.Select(run => run.Dots[0].Vertical).Where(loss => loss > 0).ToList();
        if (starts.Count == 0) return double.PositiveInfinity;
        var ceiling = double.Ceiling(double.Log10(starts.Max())) + DecadesAboveStart;
        var highest = source.Runs.Select(run => double.Log10(run.Dots.Max(dot => dot.Vertical))).ToList();
        return highest.Max() > ceiling && highest.Min() <= ceiling ? ceiling : double.PositiveInfinity;
    }

    bool HaveUnequalLengths()
    {
        if (source.Runs.Any(run => run.Dots.Any(dot => dot.Horizontal < 1))) return false;
        var lengths = source.Runs.Select(run => run.Dots[^1].Horizontal).ToList();
        return lengths.Max() > UnequalLengths * lengths.Min();
    }
}
