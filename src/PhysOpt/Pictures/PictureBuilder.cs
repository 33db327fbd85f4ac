using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.Pictures;

/// <summary>From the records of one or more runs, as they come, to a picture of them.</summary>
/// <remarks>
/// Records are grouped into runs by method, run and problem, also where the runs come in turns. Two numbers of each are kept, so that a
/// long stream needs little memory.
/// </remarks>
internal sealed class PictureBuilder(PictureOptions options)
{
    readonly List<PictureSeries> runs = [];
    readonly Dictionary<(string, int, OptimizationProblem?), PictureSeries> latest = [];
    IterationRecord? first;
    PlotSpace space;
    int[] components = [];

    /// <summary>The number of records so far.</summary>
    internal int Count { get; private set; }

    /// <summary>How many of them have no place in the picture, as they have values that are not finite.</summary>
    internal int Unusable { get; private set; }

    internal IReadOnlyList<PictureSeries> Runs => runs;

    internal PlotSpace Space => space;

    internal IReadOnlyList<int> Components => components;

    internal PictureOptions Options => options;

    /// <summary>Takes in the next record.</summary>
    /// <exception cref="ProblemException">It does not fit to the others, or has not what is to be shown.</exception>
    internal void Add(IterationRecord record)
    {
        if (first is null) Begin(record);
        CheckLength(record);
        Count++;
        var key = (record.Method, record.Run, record.Problem);
        if (!latest.TryGetValue(key, out var run) || !run.Accepts(record))
        {
            latest[key] = run = new(record);
            runs.Add(run);
        }

        run.Extend(record);
        var dot = space == PlotSpace.State ? default : DotOf(record);
        if (space == PlotSpace.State ? !record.X.IsFinite : !dot.IsFinite) Unusable++;
        else if (space == PlotSpace.State) run.DrawState(record);
        else run.Draw(dot);
    }

    /// <summary>The picture of all records so far.</summary>
    /// <param name="notes">Takes what is to be said of it.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="ProblemException">There is nothing to show.</exception>
    internal Picture Build(PictureNotes notes, CancellationToken token)
    {
        if (first is null) throw new ProblemException("NoRecords", "There is no record to draw.",
            "Pipe the records of one or more runs: Invoke-NewtonStep ThreeSpaces | ...");
        runs.RemoveAll(run => run.Dots.Count == 0 && run.States.Evenly.Count == 0);
        if (runs.Count == 0)
        {
            throw new ProblemException(
                "NoFiniteRecords", $"None of the {Count} records has finite values to draw.",
                    "Look at Status and Loss of the records: the run has left the numbers.");
        }

        if (Unusable > 0) notes.Warn(
            FormattableString.Invariant($"{Unusable} of {Count} records have values that are not finite and are left out."));
        return space switch
        {
            PlotSpace.State => new StatePicture(this, notes).Build(),
            PlotSpace.Loss => new LossPicture(this, notes).Build(),
            _ => new PathPicture(this, notes, token).Build(),
        };
    }

    void Begin(IterationRecord record)
    {
        space = options.Space
            ?? (options.Against is not null ? PlotSpace.Loss
                : options.ShowsHeatMap || record.X.Count >= PictureOptions.LongState && options.Components is null && !options.ShowsContours
                    ? PlotSpace.State
                : PlotSpace.X);
        if (options.Against is not null && space != PlotSpace.Loss)
            throw new ProblemException("AgainstNeedsLoss", $"A picture of the {space} is not drawn against {options.Against}.",
                "Use -Against with -Space Loss.");
        if (options.ShowsHeatMap && space != PlotSpace.State)
            throw new ProblemException("HeatMapNeedsState", $"A heat map shows all components of x over the iterations, not the {space}.",
                "Use it with -Space State.");
        if (options.ShowsContours && space is not (PlotSpace.X or PlotSpace.Y))
            throw new ProblemException("ContourNeedsPath", $"There are no contours in a picture of the {space}.",
                "Use -Contour with -Space X or Y.");
        if (options.Components is not null && space is not (PlotSpace.X or PlotSpace.Y))
            throw new ProblemException("ComponentNeedsPath", $"A picture of the {space} has no components to choose.",
                "Use -Component with -Space X or Y.");
        if (space is PlotSpace.X or PlotSpace.Y)
        {
            var count = VectorOf(record).Count;
            components = [.. options.Components ?? [.. Enumerable.Range(0, int.Min(2, count))]];
            if (components.Length is 0 or > 2)
                throw new ProblemException("ComponentCount", FormattableString.Invariant($"{components.Length} components are given."),
                    "Give two components, such as 0,3, or one.");
            foreach (var component in components.Where(component => component < 0 || component >= count))
            {
                throw new ProblemException(
                    "ComponentOutOfRange", FormattableString.Invariant(
                        $"There is no component {component}: {Letter} has {Plural.Of(count, "component")}."),
                    FormattableString.Invariant($"Components are counted from 0 to {count - 1}."));
            }
        }

        first = record;
    }

    /// <summary>"x" or "y".</summary>
    internal string Letter => space == PlotSpace.Y ? "y" : "x";

    void CheckLength(IterationRecord record)
    {
        if (space == PlotSpace.Loss) return;
        var (count, other) = (VectorOf(first!).Count, VectorOf(record).Count);
        if (count == other) return;
        throw new ProblemException(
            "TrajectoriesDifferInLength",
            FormattableString.Invariant(
                $"{Letter} has {Plural.Of(count, "component")} in {first!.Method} run {first.Run}, ")
                + FormattableString.Invariant($"but {other} in {record.Method} run {record.Run}."),
            "Draw runs of problems with as many components together, or their losses with -Space Loss.");
    }

    Vector VectorOf(IterationRecord record) => space != PlotSpace.Y ? record.X : record.Y ?? throw new ProblemException(
        "NoPhysics", $"The records of {record.Method} have no y: the problem has an objective and no physics.", "Use -Space X or Loss.");

    Dot DotOf(IterationRecord record)
    {
        if (space == PlotSpace.Loss) return new(Spent(record), record.Loss);
        var vector = VectorOf(record);
        return new(vector[components[0]], components.Length > 1 ? vector[components[1]] : record.Loss);
    }

    double Spent(IterationRecord record) => options.Against switch
    {
        PlotAgainst.Evaluations when record.Unknown.HasFlag(UnknownParts.Evaluations) => throw NotSpent(nameof(record.Evaluations)),
        PlotAgainst.Time when record.Unknown.HasFlag(UnknownParts.Elapsed) => throw NotSpent(nameof(record.Elapsed)),
        PlotAgainst.Evaluations => record.Evaluations,
        PlotAgainst.Time => record.Elapsed.TotalSeconds,
        _ => record.Iteration,
    };

    static ProblemException NotSpent(string column) => new(
        "RowWithoutSpent", $"The rows do not say {column}, so that the loss cannot be drawn against it.",
        $"Keep the column {column} when rows are exported, or draw against iterations.");
}
