using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>The one loop of all methods: it owns limits, stopping, the checks for NaN, the records and the reason why a run ends.</summary>
public static class Optimizer
{
    /// <summary>Runs a method on a problem, lazily: an iteration is computed when its record is asked for, on the thread that asks.</summary>
    /// <param name="problem">What to minimise, from its InitialGuess.</param>
    /// <param name="method">How.</param>
    /// <param name="options">When to end.</param>
    /// <param name="token">Ends the run with <see cref="TerminationReason.Stopped"/> before the next evaluation.</param>
    /// <returns>The records from iteration 0 to the last, whose Status says why it is the last.</returns>
    /// <exception cref="ProblemException">The method needs what the problem does not have; thrown here, before anything is evaluated.</exception>
    /// <exception cref="EvaluationException">A function of the problem failed; thrown while enumerating, after the last good record.</exception>
    public static IEnumerable<IterationRecord> Run<TFunction, TState>(
        OptimizationProblem problem, IMethod<TFunction, TState> method, OptimizationOptions? options = null, CancellationToken token = default)
        where TFunction : class, IObjective
        where TState : class, IMethodState
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(method);
        options ??= new();
        if (options.MaxEvaluations is { } limit) ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(options));
        if (CreateObjective(new EvaluationBudget(), trace: false) is not TFunction)
        {
            throw new ProblemException(
                "MethodNeedsMore", $"{method.Name} cannot be used on '{problem.Name}': it needs {Needs(typeof(TFunction))}.",
                "Describe the problem that way, or choose another method.");
        }

        return Records();

        // all that a run changes is made here, so that enumerating again is a run of its own
        IEnumerable<IterationRecord> Records()
        {
            var budget = new EvaluationBudget(options.MaxEvaluations, token);
            var objective = (TFunction)CreateObjective(budget, trace: true);
            foreach (var record in new OptimizationRun<TFunction, TState>(problem, objective, method, options, budget, token).Records()) yield return record;
        }

        IObjective CreateObjective(EvaluationBudget budget, bool trace) => Objectives.Create(problem, options, budget, token, trace: trace);
    }

    static string Needs(Type function) => function switch
    {
        _ when function == typeof(IInvertible) => "physics y(x) and a loss L(y)",
        _ when function == typeof(ILeastSquares) => "physics y(x) and a target, so that the loss is a sum of squares",
        _ when typeof(ITwiceDifferentiable).IsAssignableFrom(function) => "a Hessian",
        _ => "a gradient",
    };
}
