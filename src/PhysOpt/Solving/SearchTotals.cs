using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Problems;

namespace PhysOpt.Solving;

/// <summary>What all methods together have come to.</summary>
internal sealed class SearchTotals(OptimizationProblem problem)
{
    const double RunAway = 1e6;

    RunEnding? ending;
    EvaluationException? error; // what a function failed with in the end
    long gradientEvaluations;
    Confirmation confirmation; // at the last record
    Vector? moved; // where the next method begins, if not where the last one ended
    string? moves; // how it came there, in words

    /// <summary>The problem from where the last method ended.</summary>
    internal OptimizationProblem Problem => (moved ?? Last?.X) is { } start ? problem.StartingAt(start) : problem;

    /// <summary>Where the search began.</summary>
    internal Vector Origin => problem.InitialGuess;

    internal IterationRecord? Last { get; private set; }

    internal int Iterations { get; private set; }

    internal long Evaluations { get; private set; }

    /// <summary>What was confirmed by the functions themselves, in all methods.</summary>
    internal ConfirmationLog Log { get; } = new();

    /// <summary>True where the search starts without a slope, and nobody has looked whether that is a minimum.</summary>
    internal bool IsStartStationary { get; set; }

    /// <summary>True once a lower place than the origin has been looked for.</summary>
    internal bool HasBegunLower { get; set; }

    /// <summary>The standard deviation of the noise that was seen in values of the loss; 0 for none.</summary>
    internal double Noise { get; set; }

    /// <summary>The loss where the search began.</summary>
    internal double? OriginLoss { get; set; }

    /// <summary>
    /// True where some variable has become a million times as large as it was, as in a fit that has lost its data, or where it got stuck
    /// after a loss that had overshot by far.
    /// </summary>
    internal bool HasRunAway => Last is { } last
        && (Enumerable.Range(0, Origin.Count).Any(i => Origin[i] != 0 && double.Abs(last.X[i]) > RunAway * double.Abs(Origin[i]))
            || (!last.Status.IsConverged() && LossRounding.IsOvershot(OriginLoss ?? 0, last.Loss)));

    internal List<string> History { get; } = [];

    /// <summary>How the search ended, by the counts of all methods; null where nothing has run.</summary>
    internal RunEnding? Ending => ending is null ? null
        : ending with { Last = ending.Last with { Iteration = Iterations, Evaluations = Evaluations } };

    /// <summary>
    /// Takes what a further method came to in place of what there was, unless it found nothing to do after a success, failed to do
    /// better, or is no lower for having begun again elsewhere.
    /// </summary>
    internal void Add(IterationRecord last, RunEnding how, EvaluationException? error)
    {
        moved = null;
        var isBetter = Last is not { } before || !double.IsFinite(before.Loss) || (moves is not null
            ? IsLower(last.Loss, before.Loss) // a place of the search's own choice has to earn it
            : (!before.Status.IsConverged() && last.Loss - before.Loss <= LossRounding.Of(before.Loss))
                || (last.Iteration > 0 && (last.Status.IsConverged() || IsLower(last.Loss, before.Loss))));
        if (isBetter)
        {
            if (Last is { } first) History.Add(
                FormattableString.Invariant($"{first.Method} ended with {first.Status} at loss {first.Loss:G7}")
                + (moves is null ? $"; {last.Method} continued." : $". {moves}"));
            (Last, ending, confirmation, this.error) = (last, how, Log.At(last.X), error);
        }
        else if (moves is not null)
        {
            History.Add(moves + FormattableString.Invariant(
                $" {last.Method} ended there with {last.Status} at loss {last.Loss:G7}, no better."));
        }

        moves = null;
        Iterations += last.Iteration;
        Evaluations += last.Evaluations;
        gradientEvaluations += last.GradientEvaluations;
    }

    /// <summary>Lets the next method begin elsewhere; false for nowhere.</summary>
    internal bool MoveTo(Vector? x, string where)
    {
        if (x is null) return false;
        moved = x;
        moves = $"It began again {where}, at {VariableWords.Place(x, problem.Variables, "G4")}.";
        return true;
    }

    /// <summary>Counts what was spent between methods.</summary>
    internal void Spend(EvaluationBudget budget)
    {
        Evaluations += budget.Evaluations;
        gradientEvaluations += budget.GradientEvaluations;
    }

    /// <summary>True where a loss is lower by more than rounding and tolerances explain: the earlier point was no minimum.</summary>
    static bool IsLower(double loss, double before) => before - loss > 1e-10 * double.Max(double.Abs(loss), double.Abs(before));

    internal string OutOfTime(TimeSpan elapsed)
    {
        var why = FormattableString.Invariant($"{elapsed.TotalSeconds:G3} s have gone by");
        return Ending is not { } how ? $"Nothing was computed on '{problem.Name}' within the time limit: {why}."
            : (how with { Last = how.Last with { Status = TerminationReason.TimeLimit }, WhyNoStep = why }).ToString();
    }

    internal OptimizationResult Result(TerminationReason status, TimeSpan elapsed, string message) => new()
    {
        X = Last?.X ?? problem.InitialGuess,
        Y = Last?.Y,
        Loss = Last?.Loss ?? double.NaN,
        Status = status,
        Message = string.Join(' ', [.. History, message]),
        Method = Last?.Method ?? "",
        Iterations = Iterations,
        Evaluations = Evaluations,
        GradientEvaluations = gradientEvaluations,
        Confirmation = confirmation,
        Confirmations = Log.Calls,
        GradientNorm = Last?.GradientNorm,
        Elapsed = elapsed,
        Problem = problem,
        Error = error,
    };
}
