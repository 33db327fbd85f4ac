using PhysOpt.Optimization;

namespace PhysOpt.Analysis;

/// <summary>The learning rate with which a method comes furthest on a problem, within a number of evaluations.</summary>
/// <remarks>
/// From the rate of the run it goes by decades, up and down, to the better side as long as that is better; then, about the best one, by
/// halves of a decade, by quarters, down to a sixteenth. Each trial is the whole run that the rate is for. One that the limit cuts short
/// counts for nothing, and is the last.
/// </remarks>
internal sealed class LearningRateSearch(
    ComparedRun origin, OptimizationProblem problem, OptimizationOptions options, double? distanceTarget, long limit,
    CancellationToken token)
{
    /// <summary>The parts of a decade that rates are told apart by.</summary>
    const int Finest = 16;

    /// <summary>Rates beyond are no longer a question of tuning.</summary>
    const int MostDecades = 20;

    readonly double standard = origin.LearningRate ?? origin.Method.DefaultLearningRate!.Value;
    readonly HashSet<int> tried = [];
    Trial? best;

    /// <summary>The evaluations spent so far.</summary>
    internal long Spent { get; private set; }

    /// <summary>The best rate of all that were tried; null where no trial came to its end.</summary>
    internal double? Best()
    {
        Try(0);
        for (var stride = Finest; stride >= 1 && best is not null; stride /= 2)
        {
            int centre;
            do
            {
                centre = best.Value.Exponent;
                if (!best.Value.IsLost) Try(centre + stride);
                Try(centre - stride);
            }
            while (best.Value.Exponent != centre);
        }

        return best?.Rate;
    }

    void Try(int exponent)
    {
        var rate = standard * double.Pow(10, (double)exponent / Finest);
        var isSensible = rate > 0 && double.IsFinite(rate) && int.Abs(exponent) <= MostDecades * Finest;
        if (Spent >= limit || !isSensible || !tried.Add(exponent)) return;
        if (Run(exponent, rate) is { } trial && (best is null || trial.IsBetterThan(best.Value))) best = trial;
    }

    /// <summary>A whole run; null where the limit ended it.</summary>
    Trial? Run(int exponent, double rate)
    {
        var left = limit - Spent;
        var ends = options.MaxEvaluations is { } own && own <= left;
        IterationRecord? last = null;
        try
        {
            var limited = options with { MaxEvaluations = ends ? options.MaxEvaluations : left, Observer = null };
            foreach (var record in (origin with { LearningRate = rate }).Records(problem, limited, distanceTarget, token)) last = record;
        }
        catch (EvaluationException) when (last is not null)
        {
            // the last record has the status
        }

        Spent += last!.Evaluations;
        token.ThrowIfCancellationRequested();
        return last.Status == TerminationReason.EvaluationLimit && !ends ? null : new(exponent, rate, last);
    }

    /// <summary>A run with a learning rate, and its end.</summary>
    readonly record struct Trial(int Exponent, double Rate, IterationRecord Last)
    {
        /// <summary>True where it went to where there is nothing.</summary>
        internal bool IsLost => Last.Status is TerminationReason.NonFinite or TerminationReason.EvaluationError
            or TerminationReason.Running; // the end did not come: a function failed

        bool IsThere => ComparedRun.IsTarget(Last.Status);

        /// <summary>
        /// At the target with fewer evaluations; otherwise at a lower loss, or at the same with fewer evaluations; of two that are lost
        /// that with the smaller rate.
        /// </summary>
        internal bool IsBetterThan(Trial other) =>
            IsLost || other.IsLost ? !IsLost || (other.IsLost && Rate < other.Rate)
            : IsThere != other.IsThere ? IsThere
            : IsThere || Last.Loss == other.Last.Loss ? Last.Evaluations < other.Last.Evaluations
            : Last.Loss < other.Last.Loss;
    }
}
