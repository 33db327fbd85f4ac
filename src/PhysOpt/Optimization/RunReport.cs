using PhysOpt.Functions;
using PhysOpt.Problems;

namespace PhysOpt.Optimization;

/// <summary>What a run says, in words: suspicious input, remarkable steps, and why it ended.</summary>
/// <param name="problem">The problem.</param>
/// <param name="method">The method's name.</param>
/// <param name="keepsBounds">True when the method's points lie within the bounds.</param>
/// <param name="options">What the run was asked for, and who listens.</param>
internal sealed class RunReport(OptimizationProblem problem, string method, bool keepsBounds, OptimizationOptions options)
{
    /// <summary>What a gradient of zero at the start says, where nobody has looked further.</summary>
    internal const string StationaryStart =
        "The gradient is zero at the start: the point is stationary, which may be a minimum, a maximum or a saddle.";

    readonly IRunObserver? observer = options.Observer;
    bool hasRemarked;

    /// <summary>Before iteration 0.</summary>
    /// <param name="start">The start within the bounds.</param>
    internal void Start(Vector start)
    {
        if (observer is null) return;
        if (!start.Equals(problem.InitialGuess))
        {
            observer.Warn(
                $"InitialGuess {PointWords.Of(problem.InitialGuess)} lies outside the bounds; the run starts at {PointWords.Of(start)}.");
        }

        Bounds();
    }

    /// <summary>Says where bounds are not kept.</summary>
    internal void Bounds()
    {
        if (!keepsBounds && (problem.LowerBound ?? problem.UpperBound) is not null)
            observer?.Warn($"{method} does not keep its points within the bounds of '{problem.Name}'.");
    }

    /// <summary>Says where a start is stationary.</summary>
    /// <param name="start">The first record.</param>
    /// <param name="seesCurvature">True where the method has looked whether it is a minimum.</param>
    internal void Stationary(IterationRecord start, bool seesCurvature)
    {
        if (start.GradientNorm != 0 || seesCurvature || start.Status == TerminationReason.Saddle) return; // its end says it
        if (start.Loss == 0 && problem.Loss is SquaredDistance) return; // none is lower
        observer?.StartStationary(StationaryStart);
    }

    /// <summary>A remark on a step: the first of a run is a warning, the next ones say the same of other points.</summary>
    internal void Step(string? remark)
    {
        if (remark is null) return;
        if (hasRemarked) observer?.Explain(remark);
        else observer?.Warn(remark);
        hasRemarked = true;
    }

    /// <summary>That a function says something else than the trace that ran in its place, and what comes of it.</summary>
    internal void Unconfirmed(Contradiction found, Vector resumed, bool isOver) => observer?.Contradict(
        $"{method} on '{problem.Name}': {found.Sentence} The trace is given up; "
        + (isOver ? $"the run cannot continue without it, and ends with {Place(resumed)}."
            : $"the run continues from {Place(resumed)} with {found.Role} itself and finite differences."));

    /// <summary>That the functions themselves agree with their traces.</summary>
    /// <param name="slopeToo">True where the slope is confirmed, and not the value alone.</param>
    /// <param name="when">"at the end" and the like.</param>
    internal void Confirmed(bool slopeToo, string when) => observer?.Explain(
        $"{method} on '{problem.Name}': {(slopeToo ? "value and slope are" : "the value is")} confirmed by the function itself, {when}.");

    string Place(Vector x) => VariableWords.Place(x, problem.Variables, "G7");

    /// <summary>That differences with a shorter or longer step were taken in place of the ones that a tolerance was met by.</summary>
    internal void Refined(Vector x) => observer?.Explain(
        $"{method} on '{problem.Name}': differences over half the step give another gradient, {Place(x)}; "
        + "the run goes on with better ones.");

    /// <summary>Which variables a step has left where they are.</summary>
    internal void LeftOut(IReadOnlyList<int> variables) => observer?.Explain(
        $"{FlatVariables.Names(variables, problem.Variables)} {(variables.Count == 1 ? "is" : "are")} left out: the residual hardly "
        + $"depends on {(variables.Count == 1 ? "it" : "them")} here.");

    /// <summary>How a saddle was escaped from, for those who want to know.</summary>
    internal void Explain(string? remark)
    {
        if (remark is not null) observer?.Explain(remark);
    }

    /// <summary>
    /// Why the run ended: a warning where it did not converge and was not asked to end, otherwise an explanation. A failure is reported by
    /// its exception.
    /// </summary>
    /// <param name="last">The last record.</param>
    /// <param name="whyNoStep">Why there was no further step; null where the status says it.</param>
    /// <param name="jump">What jumps beside the last point; null where nothing does.</param>
    /// <param name="hasFailed">Whether a function failed.</param>
    internal void End(IterationRecord last, string? whyNoStep, string? jump, bool hasFailed)
    {
        if (observer is null) return;
        var ending = new RunEnding(last, problem.Name, jump ?? whyNoStep, options) { Jump = jump };
        observer.End(ending, isWarning: !last.Status.IsExpected() && !hasFailed);
    }
}
