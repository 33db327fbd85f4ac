using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>From a problem to the objective that a run minimises: of the type that says what the problem has to offer.</summary>
internal static class Objectives
{
    /// <summary>The objective of a problem, its evaluations counted by <paramref name="budget"/>.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="options">Where derivatives come from.</param>
    /// <param name="budget">Counts the evaluations.</param>
    /// <param name="token">Stops the functions that are not counted.</param>
    /// <param name="objectiveRole">What an objective without physics is called in messages and error ids.</param>
    /// <param name="trace">Record what can be recorded, which calls the functions; false to know only the type.</param>
    /// <param name="start">Where a run starts, which tells how small x may be; null where x is just a point.</param>
    internal static IObjective Create(
        OptimizationProblem problem, OptimizationOptions options, EvaluationBudget budget, CancellationToken token,
            string objectiveRole = "Objective",
        bool trace = true, Vector? start = null)
    {
        if (!trace && (problem.Physics is ITraceableMap || problem.Loss is ITraceableMap))
            options = options with { Derivative = DerivativeSource.Auto };
        var differencesOnly = options.Derivative == DerivativeSource.FiniteDifference;
        var uncounted = new EvaluationBudget(token: token); // the loss costs little, and supplied gradients count on their own
        var gradient = options.Gradient is { } given
            ? new CompletedMap(Counted(Traced(given, problem.InitialGuess)), "Gradient", uncounted, problem.LowerBound, problem.UpperBound,
                length: problem.Dimension)
            : null;

        if (problem.Physics is null)
        {
            var whole = Traced(problem.Loss, problem.InitialGuess);
            return new DirectObjective(
                problem, InUse(null, whole), Complete(problem, whole, problem.Loss, objectiveRole, options, budget, length: 1, start),
                    differencesOnly ? null : whole, gradient, budget, options.SearchStart?.X);
        }

        var physics = Traced(problem.Physics, problem.InitialGuess);
        var loss = trace ? TracedLoss(problem, physics, options) : problem.Loss;
        var parts = new ComposedObjective(
            problem, InUse(physics, loss),
            Complete(problem, physics, problem.Physics, "Physics", options, budget, length: null, start),
            Complete(problem, loss, problem.Loss, "Loss", options, uncounted, length: 1, inX: false),
            differencesOnly ? null : FusedLoss.Of(physics, loss), isExact: !differencesOnly && physics is ITwiceDifferentiableMap
                && loss is ITwiceDifferentiableMap,
            gradient, budget, options.SearchStart?.X);
        return problem.Loss is SquaredDistance squares ? new LeastSquaresObjective(parts, squares) : parts;

        IMap Counted(IMap map) => DelegateMap.Create(x =>
        {
            budget.SpendGradient();
            return map.Evaluate(x);
        });

        FunctionsInUse InUse(IMap? physics, IMap loss) => new(physics, loss, options.Gradient, options.Derivative);

        IMap Traced(IMap map, Vector at) => trace ? Objectives.Traced(map, at, options) : map;
    }

    /// <summary>The physics of a problem, or its objective where there is none, with all its derivatives, as a run would use it.</summary>
    internal static CompletedMap CreateMap(OptimizationProblem problem, string role, OptimizationOptions options,
        EvaluationBudget budget)
    {
        var map = problem.Physics ?? problem.Loss;
        return Complete(problem, Traced(map, problem.InitialGuess, options), map, role, options, budget, length: null);
    }

    /// <summary>True when a run on the problem would have exact second derivatives; what can be recorded is.</summary>
    internal static bool HasExactHessian(OptimizationProblem problem, OptimizationOptions options) =>
        options.Derivative != DerivativeSource.FiniteDifference && options.Gradient is null
        && Traced(problem.Physics ?? problem.Loss, problem.InitialGuess, options) is ITwiceDifferentiableMap map
        && (problem.Physics is null || TracedLoss(problem, map, options) is ITwiceDifferentiableMap);

    /// <summary>True when most entries of the Jacobian of the physics are known to be zero.</summary>
    internal static bool HasSparseJacobian(OptimizationProblem problem, OptimizationOptions options) =>
        options.Derivative != DerivativeSource.FiniteDifference && options.Gradient is null && problem.Physics is { } physics
        && Traced(physics, problem.InitialGuess, options) is ISparseJacobianMap map && map.IsSparseAt(problem.InitialGuess);

    /// <summary>True when a run on the problem would have an exact gradient, or one that was supplied; what can be recorded is.</summary>
    internal static bool HasExactGradient(OptimizationProblem problem, OptimizationOptions options) => options.Gradient is not null
        || (options.Derivative != DerivativeSource.FiniteDifference
            && Traced(problem.Physics ?? problem.Loss, problem.InitialGuess, options) is IDifferentiableMap map
            && (problem.Physics is null || TracedLoss(problem, map, options) is IDifferentiableMap));

    /// <summary>The map as it is recorded at a point; the map itself where it cannot be, or need not.</summary>
    static IMap Traced(IMap map, Vector at, OptimizationOptions options) =>
        options.Derivative != DerivativeSource.FiniteDifference && map is ITraceableMap traceable
            ? traceable.Trace(at, options.Observer is { } observer ? observer.Explain : null) ?? map
            : map;

    /// <summary>The loss, recorded at y(x0): where the physics has no value there, the run itself will say so.</summary>
    static IMap TracedLoss(OptimizationProblem problem, IMap physics, OptimizationOptions options)
    {
        if (options.Derivative == DerivativeSource.FiniteDifference || problem.Loss is not ITraceableMap) return problem.Loss;
        try
        {
            return physics.Evaluate(problem.InitialGuess) is { IsFinite: true } y ? Traced(problem.Loss, y, options) : problem.Loss;
        }
        catch (EvaluationException)
        {
            return problem.Loss;
        }
    }

    static CompletedMap Complete(
        OptimizationProblem problem, IMap map, IMap original, string role, OptimizationOptions options, EvaluationBudget budget,
            int? length, Vector? start = null,
        bool inX = true)
    {
        var exactOnly = options.Derivative == DerivativeSource.Traced;
        if (exactOnly && map is not IDifferentiableMap && options.Gradient is null)
        {
            throw new ProblemException(
                original is ITraceableMap { IsContradicted: true } ? Contradiction.ErrorId : "DerivativesNotExact",
                $"{role} of '{problem.Name}' has no exact derivatives. {(original as ITraceableMap)?.WhyNotTraced}".TrimEnd(),
                "Use -Derivative Auto or FiniteDifference, or supply -Gradient.");
        }

        return new(
            map, role, budget, inX ? problem.LowerBound : null, inX ? problem.UpperBound : null,
                options.Derivative == DerivativeSource.FiniteDifference, length, exactOnly, start,
                options is { Derivative: DerivativeSource.Auto, Observer: { } observer } ? Warn : null);

        void Warn(string text)
        {
            if (options.Log?.IsNews(text) != false) observer.Warn(text);
        }
    }
}
