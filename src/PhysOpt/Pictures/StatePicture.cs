using PhysOpt.LinearAlgebra;

namespace PhysOpt.Pictures;

/// <summary>
/// All components of x against their index: of one run a line per iteration, of several where each has ended; or one run as a heat map.
/// </summary>
internal sealed class StatePicture(PictureBuilder source, PictureNotes notes)
{
    /// <summary>The lines of one run, at most.</summary>
    const int Lines = 8;

    /// <summary>The points of a line, at most.</summary>
    const int LinePoints = 2400;

    internal Picture Build()
    {
        var count = source.Runs[0].Last.X.Count;
        if (source.Options.ShowsHeatMap) return HeatMapOf(source.Runs, count);
        var curves = source.Runs.Count == 1 ? PerIteration(source.Runs[0]) : PerRun(source.Runs);
        foreach (var solution in source.Runs.Select(run => run.Problem?.Solution).OfType<Vector>().Distinct())
            curves.Insert(0, Line("solution", null, Colour.Black, solution, LinePattern.Dotted));
        return new()
        {
            Title = source.Options.Title ?? PathPicture.NameOf(source),
            HorizontalLabel = "component i",
            VerticalLabel = "x_i",
            Frame = Frame.Around(curves.SelectMany(curve => curve.Dots)),
            CountsHorizontally = true,
            Curves = curves,
        };
    }

    List<Curve> PerIteration(PictureSeries run)
    {
        var shown = Shown(run.States.All);
        if (shown.Count < source.Count - source.Unusable)
            notes.Remark(FormattableString.Invariant(
                $"{shown.Count} of {source.Count - source.Unusable} iterations are drawn, evenly along the way of x, ")
                + "the first and the last among them.");
        return
        [
            .. shown.Select((record, i) => Line(
                FormattableString.Invariant($"iteration {record.Iteration}"), run.Method,
                    ColourScale.At(shown.Count > 1 ? 0.92 * i / (shown.Count - 1) : 0), record.X, LinePattern.Solid)),
        ];
    }

    /// <summary>Some of the iterations, so that x has gone about as far from each to the next.</summary>
    static List<IterationRecord> Shown(IReadOnlyList<IterationRecord> states)
    {
        var way = new double[states.Count];
        for (var i = 1; i < states.Count; i++) way[i] = way[i - 1] + (states[i].X - states[i - 1].X).Norm;
        var indexes = new SortedSet<int> { 0, states.Count - 1 };
        for (var line = 1; line < Lines - 1; line++)
        {
            var next = Array.FindIndex(way, length => length >= way[^1] * line / (Lines - 1));
            if (next > 0) indexes.Add(next);
        }

        return [.. indexes.Select(index => states[index])];
    }

    static List<Curve> PerRun(IReadOnlyList<PictureSeries> runs)
    {
        var styles = new CurveStyles(runs, pointsOnly: false, MarkerShape.None);
        var starts = runs.Select(run => run.States.Evenly[0].X).Distinct().ToList();
        return
        [
            .. starts.Count == 1 ? [Line("start", null, Colour.Of(0x999999), starts[0], LinePattern.Dashed)] : Array.Empty<Curve>(),
            .. runs.Select(run => styles.Next(run, DotsOf(run.States.All[^1].X)) with { Marker = MarkerShape.None }),
        ];
    }

    static Curve Line(string label, string? method, Colour colour, Vector x, LinePattern pattern) =>
        new(label, method, colour, Decimation.Of(DotsOf(x), LinePoints), pattern, MarkerShape.None);

    static Dot[] DotsOf(Vector x) => [.. x.Select((value, i) => new Dot(i, value))];

    Picture HeatMapOf(IReadOnlyList<PictureSeries> runs, int count)
    {
        if (runs.Count > 1)
        {
            var names = string.Join(", ", runs.Take(3).Select(run => run.Name)) + (runs.Count > 3 ? ", ..." : "");
            throw new ProblemException(
                "HeatMapNeedsOneRun", FormattableString.Invariant($"A heat map shows one run, but there are {runs.Count}: {names}."),
                "Draw one run at a time, or leave out -HeatMap.");
        }

        var rows = runs[0].States.Evenly;
        if (rows.Count < source.Count - source.Unusable)
            notes.Remark(FormattableString.Invariant(
                $"{rows.Count} of {source.Count - source.Unusable} iterations are drawn, evenly spaced."));
        var columns = int.Min(count, HeatMapColumns);
        var values = new double[rows.Count, columns];
        for (var row = 0; row < rows.Count; row++)
        {
            var x = rows[row].X;
            for (var column = 0; column < columns; column++)
            {
                var (from, to) = ((int)((long)count * column / columns), (int)((long)count * (column + 1) / columns));
                for (var i = from; i < to; i++) values[row, column] += x[i] / (to - from);
            }
        }

        var step = rows.Count > 1 ? (rows[^1].Iteration - rows[0].Iteration) / (double)(rows.Count - 1) : 1;
        return new()
        {
            Title = source.Options.Title
                ?? string.Join(": ", new[] { PathPicture.NameOf(source), runs[0].Method }.Where(name => name.Length > 0)),
            HorizontalLabel = "component i",
            VerticalLabel = "iteration",
            Frame = new(-0.5, count - 0.5, rows[0].Iteration - step / 2, rows[^1].Iteration + step / 2),
            CountsHorizontally = true,
            CountsVertically = true,
            HeatMap = new(values),
        };
    }

    /// <summary>Columns of a heat map, at most; beyond, neighbours are averaged.</summary>
    const int HeatMapColumns = 1024;
}
