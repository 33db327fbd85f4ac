using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>The one loop of all methods: it owns limits, stopping, the checks for NaN, the records and the reason why a run ends.</summary>
public static class Optimizer
{
    /// <summary>
    /// Runs a method on a problem, lazily: an iteration is computed when its record is asked for, on the thread that asks.
    /// </summary>
    /// <param name="problem">What to minimise, from its InitialGuess.</param>
    /// <param name="method">How.</param>
    /// <param name="options">When to end.</param>
    /// <param name="token">Ends the run with <see cref="TerminationReason.Stopped"/> before the next evaluation.</param>
    /// <returns>The records from iteration 0 to the last, whose Status says why it is the last.</returns>
    /// <exception cref="ProblemException">The method needs what the problem does not have; thrown here, before anything is
    /// evaluated.</exception>
    /// <exception cref="EvaluationException">A function of the problem failed; thrown while enumerating, after the last good
    /// record.</exception>
    public static IEnumerable<IterationRecord> Run<TFunction, TState>(
        OptimizationProblem problem, IMethod<TFunction, TState> method, OptimizationOptions? options = null,
            CancellationToken token = default)
        where TFunction : class, IObjective
        where TState : class, IMethodState
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(method);
        options ??= new();
        if (options.MaxEvaluations is { } limit) ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(options));
        if (CreateObjective(problem, options, new EvaluationBudget(), trace: false) is not TFunction)
        {
            throw new ProblemException(
                ProblemException.MethodNeedsMore, $"{method.Name} cannot be used on '{problem.Name}': it needs {Needs(typeof(TFunction))}.",
                "Give -Physics, or a -Target beside the function, which makes it the physics; or choose another method.");
        }

        return Records();

        // all that a run changes is made here, so that enumerating again is a run of its own
        IEnumerable<IterationRecord> Records()
        {
            var budget = options.Budget ?? new(options.MaxEvaluations, token);
            var logged = options with { Log = options.Log ?? new() };
            var (start, objective, state) = Begin(budget, logged);
            foreach (var record in new OptimizationRun<TFunction, TState>(start, (TFunction)objective, method, logged, budget, state,
                token).Records()) yield return record;
        }

        // a run is resumed on its own problem, with the state there; elsewhere the record's point is a start of which the value is known
        (OptimizationProblem Problem, IResumable Objective, TState? State) Begin(EvaluationBudget budget, OptimizationOptions options)
        {
            if (options.ResumeFrom is not { } record) return (problem, CreateObjective(problem, options, budget, trace: true), null);
            if (record.Continuation.StateFor(record, method, problem) is { } state)
            {
                var same = CreateObjective(problem, options, budget, trace: true);
                if (record.Continuation.IsWith(same.Functions))
                {
                    same.Recall(state.At, state.At.KnownGradient);
                    return (problem, same, state);
                }
            }

            var moved = problem.StartingAt(record.X);
            var objective = CreateObjective(moved, options, budget, trace: true);
            if (record.Continuation.PointFor(record, objective.Functions) is { } known)
                objective.Recall(known, record.Continuation.IsWith(objective.Functions) ? known.KnownGradient : null);
            return (moved, objective, null);
        }

        IResumable CreateObjective(OptimizationProblem start, OptimizationOptions options, EvaluationBudget budget, bool trace) =>
            (IResumable)Objectives.Create(start, options, budget, token, trace: trace, start: start.InitialGuess);
    }

    static string Needs(Type function) => function switch
    {
        _ when function == typeof(IInvertible) => "physics y(x) and a loss L(y)",
        _ when function == typeof(ILeastSquares) => "physics y(x) and a target, so that the loss is a sum of squares",
        _ when typeof(ITwiceDifferentiable).IsAssignableFrom(function) => "a Hessian",
        _ => "a gradient",
    };
}
