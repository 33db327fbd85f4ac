using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Analysis;

/// <summary>A run of a comparison: of one method with one learning rate.</summary>
/// <param name="Method">The method.</param>
/// <param name="LearningRate">The learning rate; null for the method's own.</param>
public sealed record ComparedRun(MethodEntry Method, double? LearningRate = null)
{
    /// <summary>Where the learning rate comes from; null for a method that has none.</summary>
    public LearningRateSource? RateFrom { get; init; } = LearningRate is not null ? LearningRateSource.Given
        : Method.DefaultLearningRate is not null ? LearningRateSource.Default : null;

    /// <summary>The evaluations of the search that found the learning rate; null where there was none.</summary>
    public long? TuningEvaluations { get; init; }

    /// <summary>Its records, until the target is met, or the method ends by itself.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">When the run ends, a target included.</param>
    /// <param name="distanceTarget">The distance to the problem's solution that is to be reached, or null.</param>
    /// <param name="token">Stops it.</param>
    /// <remarks>With a loss and a distance both must hold at one iteration; the loss alone does not end the run then.</remarks>
    /// <exception cref="ProblemException">The method cannot be used on the problem, or a distance is wanted but no solution
    /// known.</exception>
    public IEnumerable<IterationRecord> Records(OptimizationProblem problem, OptimizationOptions options, double? distanceTarget = null,
        CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        CheckTarget(problem, distanceTarget);
        var run = Method.Run(problem, LearningRate, options with { LossTarget = null }, token);
        return UntilTarget(run, options.LossTarget, distanceTarget);
    }

    /// <summary>Runs it until the target is met, or the method ends by itself, and summarises it.</summary>
    /// <inheritdoc cref="Records"/>
    public OptimizerComparison Measure(OptimizationProblem problem, OptimizationOptions options, double? distanceTarget = null,
        CancellationToken token = default)
    {
        TrajectoryMeter? meter = null;
        IterationRecord? first = null;
        foreach (var record in Records(problem, options, distanceTarget, token))
        {
            if (meter is null) meter = new(record);
            else meter.Add(record);
            if (record.Step is not null) first ??= record;
        }

        var hasTarget = options.LossTarget is not null || distanceTarget is not null;
        return Describe(meter!, first, hasTarget) with { Problem = problem };
    }

    IEnumerable<IterationRecord> UntilTarget(IEnumerable<IterationRecord> run, double? lossTarget, double? distanceTarget)
    {
        foreach (var each in run)
        {
            var record = each with { LearningRate = LearningRate ?? Method.DefaultLearningRate };
            var isThere = (lossTarget is not null || distanceTarget is not null)
                && record.Loss <= (lossTarget ?? double.PositiveInfinity) && !(Distance(record) > distanceTarget);
            if (isThere)
                record = record with { Status = lossTarget is not null ? TerminationReason.LossTarget : TerminationReason.DistanceTarget };
            yield return record;
            if (isThere) yield break;
        }
    }

    /// <summary>A distance can be reached only where a solution is known.</summary>
    internal static void CheckTarget(OptimizationProblem problem, double? distanceTarget)
    {
        if (distanceTarget is not null && problem.Solution is null)
        {
            throw new ProblemException(
                "SolutionMissing", $"No solution of '{problem.Name}' is known, so that there is no distance to it.",
                    "Give the problem a -Solution, or use -LossTarget.");
        }
    }

    OptimizerComparison Describe(TrajectoryMeter meter, IterationRecord? first, bool hasTarget)
    {
        var run = meter.Summary;
        var reached = hasTarget && IsTarget(meter.Last.Status) ? meter.Last : null;
        var alignment = first is null ? null : DiagonalAlignment.Of(first);
        return new()
        {
            Method = run.Method,
            Run = run.Run,
            LearningRate = LearningRate ?? Method.DefaultLearningRate,
            RateFrom = RateFrom,
            TuningEvaluations = TuningEvaluations,
            TargetReached = hasTarget ? reached is not null : null,
            IterationsToTarget = reached?.Iteration,
            EvaluationsToTarget = reached?.Evaluations,
            TimeToTarget = reached?.Elapsed,
            FirstStepNorm = first?.StepNorm,
            FirstAlignment = alignment?.Alignment,
            FirstCosineToSolution = alignment?.CosineToSolution,
            Iterations = run.Iterations,
            FinalLoss = run.FinalLoss!.Value, // known of every run that was made here
            BestLoss = run.BestLoss!.Value,
            DistanceToSolution = run.DistanceToSolution,
            PathLength = run.PathLength,
            Straightness = run.Straightness,
            Evaluations = run.Evaluations!.Value,
            Elapsed = run.Elapsed!.Value,
            Status = meter.Last.Status,
            X = run.X,
            BestX = run.BestX!,
        };
    }

    /// <summary>True for a run that ended at its target.</summary>
    internal static bool IsTarget(TerminationReason status) => status is TerminationReason.LossTarget or TerminationReason.DistanceTarget;

    static double Distance(IterationRecord record) => record.Problem?.Solution is { } solution ? (record.X - solution).Norm : double.NaN;
}
