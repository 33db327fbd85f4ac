using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>Asks the user's own functions in a run whether the traces that run in their place still say the same.</summary>
/// <param name="objective">The objective of the run.</param>
/// <param name="log">Keeps what was confirmed.</param>
/// <param name="report">Says so.</param>
/// <param name="elapsed">The time of the run so far.</param>
internal sealed class RunConfirmation(IResumable objective, ConfirmationLog log, RunReport report, Func<TimeSpan> elapsed)
{
    readonly ConfirmationSchedule schedule = new(elapsed);
    readonly TracedParts parts = objective.Parts;
    Vector? start;
    Vector? asked; // the latest point where the functions themselves were asked
    double itself; // and L there by them

    /// <summary>The latest point whose value is confirmed; null where there is none.</summary>
    internal Point? Latest { get; private set; }

    /// <summary>Where a value was contradicted: the point by the functions themselves, without a gradient; otherwise null.</summary>
    internal Point? Own { get; private set; }

    /// <summary>Asks for the value where the run starts, or resumes.</summary>
    internal Contradiction? AtStart(Point point)
    {
        start = point.X;
        return Value(point, "at the start", isBetween: false);
    }

    /// <summary>Asks for the value after an iteration, where that is due.</summary>
    /// <param name="point">The point.</param>
    /// <param name="iteration">The number of iterations since the start.</param>
    internal Contradiction? Between(Point point, int iteration) =>
        schedule.IsDue(iteration, parts.RecordingCount) ? Value(point, $"after {Plural.Of(iteration, "iteration")}", isBetween: true)
        : null;

    /// <summary>Asks for the value, and by differences for the slope, where the run is about to end.</summary>
    /// <param name="point">The last point.</param>
    /// <param name="step">The step that led there; null where there is none.</param>
    internal Contradiction? AtEnd(Point point, Vector? step)
    {
        if (log.At(point.X) == Confirmation.Slope) return null;
        if (Value(point, null, isBetween: false, isNeeded: true) is { } contradiction) return contradiction;
        if (log.At(point.X) == Confirmation.None) return null;
        var before = parts.Calls;
        contradiction = parts.Slope(point, itself, step, start, objective.Bounds, out var verdict);
        log.Calls += parts.Calls - before;
        if (contradiction is not null)
        {
            log.Clear();
            return contradiction;
        }

        if (verdict == SlopeVerdict.Agrees) log.Note(point.X, Confirmation.Slope);
        report.Confirmed(verdict == SlopeVerdict.Agrees, "at the end");
        return null;
    }

    /// <summary>Asks for the value at a point that the method went to and that cannot be used.</summary>
    internal Contradiction? AtUnusable(Point point) => Value(point, null, isBetween: false);

    Contradiction? Value(Point point, string? when, bool isBetween, bool isNeeded = false)
    {
        if (point.Failure is not null || !point.X.IsFinite || !parts.AreInUse(point)) return null;
        if (log.At(point.X) != Confirmation.None && (!isNeeded || asked?.Equals(point.X) == true))
        {
            Latest = point;
            return null;
        }

        var before = parts.Calls;
        var contradiction = schedule.Timed(() => parts.Value(point, out itself), isBetween, isBetween ? null : parts.RecordingCount);
        log.Calls += parts.Calls - before;
        asked = point.X;
        if (contradiction is not null)
        {
            log.Clear();
            Own = new(point.X, parts.OwnOutput ?? point.Y, itself, static _ => throw new InvalidOperationException("The run is over."));
            return contradiction;
        }

        log.Note(point.X, Confirmation.Value);
        Latest = point;
        if (when is not null) report.Confirmed(slopeToo: false, when);
        return null;
    }
}
