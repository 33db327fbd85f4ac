using PhysOpt.Functions;

namespace PhysOpt.Pictures;

/// <summary>The paths of runs through the space of x or y, with starts, solutions and, if asked for, the loss around them.</summary>
internal sealed class PathPicture(PictureBuilder source, PictureNotes notes, CancellationToken token)
{
    /// <summary>More starts than these would hide what they begin.</summary>
    const int MostMarks = 50;

    /// <summary>Points of the loss over one component.</summary>
    const int LinePoints = 401;

    readonly bool ofY = source.Space == PlotSpace.Y;
    readonly bool overLoss = source.Components.Count == 1;

    OptimizationProblem? Problem => source.Runs[0].Problem;

    /// <summary>The problems' names, where there are not too many of them.</summary>
    internal static string NameOf(PictureBuilder source)
    {
        var names = source.Runs.Select(run => run.Problem?.Name).OfType<string>().Where(name => name.Length > 0).Distinct().ToList();
        return names.Count > 3 ? "" : string.Join(", ", names);
    }

    internal Picture Build()
    {
        var styles = new CurveStyles(source.Runs, source.Options.ShowsPointsOnly, ofY ? MarkerShape.Star : MarkerShape.Circle);
        var curves = source.Runs.Select(run => styles.Next(run, run.Dots)).ToList();
        CurveStyles.NoteDecimation(source.Runs.Sum(run => run.Dots.Count), curves, notes);
        var marks = Starts(curves).Concat(Solutions()).Distinct().ToList();
        var frame = Frame.Around(curves.SelectMany(curve => curve.Dots).Concat(marks.Select(mark => mark.At)));
        IReadOnlyList<ContourLevel> contours = [];
        if (source.Options.ShowsContours)
        {
            if (WhyNoContours() is { } reason) notes.Warn($"There are no contours: {reason}");
            else if (overLoss) curves.Insert(0, LossCurve(frame));
            else contours = Contours(frame);
        }

        var name = NameOf(source);
        return new()
        {
            Title = source.Options.Title ?? (!ofY ? name : name.Length > 0 ? $"{name}: y space" : "y space"),
            HorizontalLabel = Label(source.Components[0]),
            VerticalLabel = overLoss ? "loss" : Label(source.Components[1]),
            Frame = frame,
            Curves = curves,
            Marks = marks,
            Contours = contours,
        };
    }

    /// <summary>What an axis shows: the variable by its name, where all runs have the same names; otherwise x0 or y0.</summary>
    string Label(int component)
    {
        var variables = ofY ? null : source.Runs[0].Last.Variables;
        return variables is not null && source.Runs.All(run => variables.Equals(run.Last.Variables))
            ? variables[component]
            : FormattableString.Invariant($"{source.Letter}{component}");
    }

    static List<Mark> Starts(List<Curve> curves)
    {
        var starts = curves.Select(curve => new Mark(MarkKind.Start, curve.Dots[0])).Distinct().ToList();
        return starts.Count > MostMarks ? [] : starts;
    }

    IEnumerable<Mark> Solutions()
    {
        foreach (var problem in source.Runs.Select(run => run.Problem).OfType<OptimizationProblem>()
            .DistinctBy(problem => (problem.Name, problem.Solution)))
        {
            if (problem.Solution is not { } solution || Place(problem, solution) is not { IsFinite: true } at) continue;
            yield return new(ofY ? MarkKind.SolutionInY : MarkKind.Solution, at);
        }
    }

    /// <summary>Where a solution is in the picture; null where its functions have no value.</summary>
    Dot? Place(OptimizationProblem problem, Vector solution)
    {
        try
        {
            var y = ofY || overLoss ? problem.Physics?.Evaluate(solution) : null;
            if (ofY && y is null) return null;
            var shown = ofY ? y! : solution;
            return new(shown[source.Components[0]], overLoss ? problem.Loss.Evaluate(y ?? solution)[0] : shown[source.Components[1]]);
        }
        catch (EvaluationException)
        {
            return null;
        }
    }

    string? WhyNoContours()
    {
        if (Problem is not { } problem) return "the records have lost their problem, which does not travel through files.";
        if (source.Runs.Any(run =>
            run.Problem is null || !Equals(run.Problem.Loss, problem.Loss) || !Equals(run.Problem.Physics, problem.Physics)))
            return "the runs are of different problems.";
        var count = ofY ? source.Runs[0].Last.Y!.Count : problem.Dimension;
        var shown = source.Components.Distinct().Count();
        return count == source.Components.Count && shown == count
            ? null
            : FormattableString.Invariant($"{source.Letter} has {Plural.Of(count, "component")}, and the picture shows {shown} of them.");
    }

    IReadOnlyList<ContourLevel> Contours(Frame frame)
    {
        var surface = LossSurface.Of(Problem!, ofY, token);
        var swapped = source.Components[0] == 1;
        if (surface.Grid(frame, swapped) is not { } values)
        {
            notes.Warn("There are no contours: the loss takes too long to compute all over the picture.");
            return [];
        }

        var levels = Pictures.Contours.LevelsOf(values);
        if (levels.Count == 0) notes.Warn("There are no contours: the loss is the same all over the picture, or has no value there.");
        var contours = Pictures.Contours.Of(values, frame, levels, surface.Refinement(swapped));
        var (columns, rows) = (values.GetLength(0), values.GetLength(1));
        notes.Remark(FormattableString.Invariant(
            $"Contours from the loss at {columns} x {rows} points, and at {surface.Refinements} more where they bend."));
        return contours;
    }

    Curve LossCurve(Frame frame) => new(
        "loss", null, Colour.Of(0x999999), [.. LossSurface.Of(Problem!, ofY, token).Line(frame.Left, frame.Right, LinePoints)],
            LinePattern.Solid, MarkerShape.None);
}
