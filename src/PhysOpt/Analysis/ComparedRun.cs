using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Analysis;

/// <summary>A run of a comparison: of one method with one learning rate.</summary>
/// <param name="Method">The method.</param>
/// <param name="LearningRate">The learning rate; null for the method's own.</param>
public sealed record ComparedRun(MethodEntry Method, double? LearningRate = null)
{
    /// <summary>Runs it until the target is met, or the method ends by itself.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">When the run ends, a target included.</param>
    /// <param name="distanceTarget">The distance to the problem's solution that is to be reached, or null.</param>
    /// <param name="token">Stops it.</param>
    /// <remarks>With a loss and a distance both must hold at one iteration; the loss alone does not end the run then.</remarks>
    /// <exception cref="ProblemException">The method cannot be used on the problem, or a distance is wanted but no solution
    /// known.</exception>
    public OptimizerComparison Measure(OptimizationProblem problem, OptimizationOptions options, double? distanceTarget = null,
        CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(options);
        CheckTarget(problem, distanceTarget);
        var (lossTarget, hasTarget) = (options.LossTarget, options.LossTarget is not null || distanceTarget is not null);
        TrajectoryMeter? meter = null;
        IterationRecord? first = null, reached = null;
        foreach (var record in Method.Run(problem, LearningRate, options with { LossTarget = null }, token))
        {
            if (meter is null) meter = new(record);
            else meter.Add(record);
            if (record.Step is not null) first ??= record;
            if (hasTarget && record.Loss <= (lossTarget ?? double.PositiveInfinity) && !(Distance(record) > distanceTarget))
            {
                reached = record;
                break;
            }
        }

        return Describe(meter!.Summary, first, reached, hasTarget) with
        {
            Status = reached is null ? meter.Last.Status : lossTarget is not null ? TerminationReason.LossTarget
                : TerminationReason.DistanceTarget,
            Problem = problem,
        };
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

    OptimizerComparison Describe(TrajectorySummary run, IterationRecord? first, IterationRecord? reached, bool hasTarget)
    {
        var alignment = first is null ? null : DiagonalAlignment.Of(first);
        return new()
        {
            Method = run.Method,
            Run = run.Run,
            LearningRate = LearningRate ?? Method.DefaultLearningRate,
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
            X = run.X,
            BestX = run.BestX!,
        };
    }

    static double Distance(IterationRecord record) => record.Problem?.Solution is { } solution ? (record.X - solution).Norm : double.NaN;
}
