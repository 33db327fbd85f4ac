using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Analysis;

/// <summary>The learning rates of a comparison that nobody has given.</summary>
/// <remarks>
/// A rate without unit is the method's own: 1 is the step that it is named for. A rate with a unit is a number that only a problem gives a
/// meaning: it makes the first step as long as the Cauchy step, <see cref="CauchyStep"/>. So a row does not depend on what stands beside
/// it.
/// </remarks>
/// <param name="problem">The problem, from its InitialGuess.</param>
/// <param name="options">When the runs of a method end.</param>
/// <param name="distanceTarget">The distance to the problem's solution that is to be reached, or null.</param>
/// <param name="token">Stops it.</param>
public sealed class LearningRateChoice(
    OptimizationProblem problem, Func<MethodEntry, OptimizationOptions> options, double? distanceTarget = null,
    CancellationToken token = default)
{
    (double? Length, long Evaluations, long Limit)? cauchy; // the same for all methods

    /// <summary>The run with the rate that suits its method and the problem, where none was given.</summary>
    /// <exception cref="ProblemException">The method cannot be used on the problem.</exception>
    public ComparedRun Suited(ComparedRun run) => Suited(run, long.MaxValue).Run;

    /// <summary>
    /// The run with the best rate that a search over decades finds within a number of evaluations, where none was given. At least as good
    /// as <see cref="Suited(ComparedRun)"/>, where the search begins; that one where not one trial came to its end.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="evaluations">The largest number of evaluations, those to find the first rate included.</param>
    /// <exception cref="ProblemException">The method cannot be used on the problem.</exception>
    public ComparedRun Tuned(ComparedRun run, long evaluations)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.RateFrom is null or LearningRateSource.Given) return run;
        var (suited, spent) = Suited(run, evaluations);
        var search = new LearningRateSearch(suited, problem, options(run.Method), distanceTarget, evaluations - spent, token);
        var tuned = search.Best() is { } best ? suited with { LearningRate = best, RateFrom = LearningRateSource.Tuned } : Suited(run);
        return tuned with { TuningEvaluations = spent + search.Spent };
    }

    /// <summary>
    /// The length that all first steps are to have: the shortest of those whose rate was given, or that of the Cauchy step where none was.
    /// Null where nothing moves.
    /// </summary>
    /// <param name="firstSteps">The runs with the lengths of their first steps as they are.</param>
    public double? CommonLength(IEnumerable<(ComparedRun Run, double? Length)> firstSteps)
    {
        var rated = firstSteps.Where(step => step.Run.RateFrom is not null).ToList();
        var given = rated.Where(step => step.Run.RateFrom == LearningRateSource.Given).ToList();
        return given.Count > 0 ? given.Min(step => step.Length)
            : rated.Count > 0 ? Cauchy(rated[0].Run.Method, long.MaxValue).Length : null;
    }

    (ComparedRun Run, long Evaluations) Suited(ComparedRun run, long limit)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (!IsOpen(run)) return (run, 0);
        var (length, evaluations) = Cauchy(run.Method, limit);
        var left = limit - evaluations;
        var scaled = length is null ? null : FirstStep.Scaled(run, length.Value, problem, options(run.Method), ref left, token);
        return (scaled ?? run, limit - left);
    }

    /// <summary>True where only the problem can say what the rate is to be.</summary>
    static bool IsOpen(ComparedRun run) => run.RateFrom == LearningRateSource.Default && run.Method.RateHasUnit;

    (double? Length, long Evaluations) Cauchy(MethodEntry method, long limit)
    {
        if (cauchy is not { } known || known.Limit != limit)
        {
            var budget = new EvaluationBudget(limit, token);
            cauchy = known = (CauchyStep.Length(problem, options(method), budget, token), budget.Evaluations, limit);
        }

        return (known.Length, known.Evaluations);
    }
}
