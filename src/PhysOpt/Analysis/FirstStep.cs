using PhysOpt.Optimization;

namespace PhysOpt.Analysis;

/// <summary>The learning rate with which a method's first step has a given length.</summary>
/// <remarks>
/// The length is proportional to the rate for gradient and Newton steps, so that the first guess is right; where it is not, for inverse
/// simulators and within bounds, the rate is enclosed and found by the Illinois form of regula falsi. Dowell and Jarratt (1971).
/// </remarks>
public static class FirstStep
{
    const double Tolerance = 1e-9;
    const int MaximumTrials = 60;

    /// <summary>The length of a run's first step; null where it takes none, or none that is finite.</summary>
    /// <exception cref="ProblemException">The method cannot be used on the problem.</exception>
    public static double? Length(ComparedRun run, OptimizationProblem problem, OptimizationOptions options,
        CancellationToken token = default)
    {
        var left = long.MaxValue;
        return Length(run, problem, options, ref left, token);
    }

    /// <summary>The same method with the learning rate that makes the first step so long; null where none was found.</summary>
    /// <exception cref="ProblemException">The method cannot be used on the problem.</exception>
    public static ComparedRun? Scaled(ComparedRun run, double length, OptimizationProblem problem, OptimizationOptions options,
        CancellationToken token = default)
    {
        var left = long.MaxValue;
        return Scaled(run, length, problem, options, ref left, token);
    }

    /// <summary><see cref="Scaled(ComparedRun, double, OptimizationProblem, OptimizationOptions, CancellationToken)"/> within a number of
    /// evaluations, from which what was spent is taken off.</summary>
    internal static ComparedRun? Scaled(ComparedRun run, double length, OptimizationProblem problem, OptimizationOptions options,
        ref long left, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Method.DefaultLearningRate is not { } standard) return null;
        (double Rate, double Excess)? below = null, above = null;
        var side = 0; // of the latest trial: an end that stays twice in a row counts half
        var rate = run.LearningRate ?? standard;
        for (var trial = 0; trial < MaximumTrials && left > 0 && rate > 0 && double.IsFinite(rate); trial++)
        {
            var candidate = run with { LearningRate = rate, RateFrom = LearningRateSource.EqualFirstStep };
            var found = Length(candidate, problem, options, ref left, token);
            var excess = (found ?? double.PositiveInfinity) - length; // a step into nowhere is too long
            if (double.Abs(excess) <= Tolerance * length) return candidate;
            if (excess < 0) (below, above) = ((rate, excess), above is { } a && side < 0 ? (a.Rate, a.Excess / 2) : above);
            else (above, below) = ((rate, excess), below is { } b && side > 0 ? (b.Rate, b.Excess / 2) : below);
            side = excess < 0 ? -1 : 1;
            rate = Next(below, above, length, isFirst: trial == 0);
        }

        return null;
    }

    static double? Length(ComparedRun run, OptimizationProblem problem, OptimizationOptions options, ref long left,
        CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        var quiet = options with
        {
            MaxIterations = 1,
            MaxEvaluations = left,
            GradientTolerance = null,
            StepTolerance = null,
            LossTolerance = null,
            LossTarget = null,
            Observer = null
        };
        IterationRecord? last = null;
        try
        {
            foreach (var record in run.Method.Run(problem, run.LearningRate, quiet, token)) last = record;
        }
        catch (EvaluationException) when (last is not null)
        {
            // there is a start, and no step from it
        }

        left -= last!.Evaluations;
        return last.StepNorm > 0 && double.IsFinite(last.StepNorm) ? last.StepNorm : null;
    }

    /// <summary>The next rate: what would be right if the length were proportional; from the second time on at least half or twice as
    /// large, for bounds may hold most of a step; then by regula falsi.</summary>
    static double Next((double Rate, double Excess)? below, (double Rate, double Excess)? above, double length, bool isFirst)
    {
        if (below is not { } low)
        {
            var (rate, excess) = above!.Value;
            var wanted = double.IsFinite(excess) ? rate * length / (length + excess) : rate / 2;
            return double.Min(wanted, isFirst ? rate : rate / 2);
        }

        if (above is not { } high)
        {
            var (rate, excess) = low;
            var wanted = excess > -length ? rate * length / (length + excess) : 2 * rate;
            return double.Max(wanted, isFirst ? rate : 2 * rate);
        }

        return double.IsFinite(high.Excess)
            ? (low.Rate * high.Excess - high.Rate * low.Excess) / (high.Excess - low.Excess)
            : (low.Rate + high.Rate) / 2;
    }
}
