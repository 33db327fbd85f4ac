using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

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
                    differencesOnly ? null : whole, gradient,
                budget);
        }

        var physics = Traced(problem.Physics, problem.InitialGuess);
        var loss = trace ? TracedLoss(problem, physics, options) : problem.Loss;
        var parts = new ComposedObjective(
            problem, InUse(physics, loss),
            Complete(problem, physics, problem.Physics, "Physics", options, budget, length: null, start),
            Complete(problem, loss, problem.Loss, "Loss", options, uncounted, length: 1, inX: false),
            differencesOnly ? null : FusedLoss.Of(physics, loss), isExact: !differencesOnly && physics is ITwiceDifferentiableMap
                && loss is ITwiceDifferentiableMap,
            gradient, budget);
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

/// <summary>An objective L(x) without physics.</summary>
internal sealed class DirectObjective(
    OptimizationProblem problem, FunctionsInUse functions, CompletedMap loss, IMap? own, IDifferentiableMap? suppliedGradient,
    EvaluationBudget budget) : IHessianProduct, IResumable
{
    static readonly Vector One = new(1);
    HessianProducts? products;
    Point? latest; // a method that has arrived proposes it again
    Vector? ahead; // the gradient at the latest point, where it came with the value

    public FunctionsInUse Functions => functions;

    public void Recall(Point known, Vector? gradient) => (latest, ahead) = (new(known.X, known.Y, known.Value, Gradient, gradient), null);

    public Point At(Vector x)
    {
        if (latest?.X.Equals(x) == true) return latest;
        // who asked for the gradient there will ask for it here
        var isWanted = suppliedGradient is null && latest?.KnownGradient is not null;
        try
        {
            (var value, ahead) = isWanted ? loss.EvaluateAhead(x) : (loss.Evaluate(x)[0], null);
            return latest = new(x, null, value, Gradient);
        }
        catch (EvaluationException failure) when (!failure.EndsRun)
        {
            ahead = null;
            return latest = new(x, failure);
        }
    }

    public void ThrowIfFailed() => latest?.ThrowIfFailed();

    public TracedParts Parts { get; } = new(null, loss, suppliedGradient is not null);

    public void Forget() => (latest, ahead) = (null, null);

    public bool Refine(Point point)
    {
        if (suppliedGradient is not null || point.KnownGradient is null || !loss.Refine(point.X, new(point.Value))) return false;
        (latest, ahead) = (new(point.X, null, point.Value, Gradient), null);
        return true;
    }

    public Bounds Bounds { get; } = Bounds.Of(problem.LowerBound, problem.UpperBound);

    public Vector Project(Vector x) => x.Clamp(problem.LowerBound, problem.UpperBound);

    readonly LossRounding rounding = new(problem.InitialGuess);

    public double Rounding(Point point) => rounding.At(point);

    public Matrix Hessian(Point point)
    {
        HessianRoom.Require(point.X);
        return suppliedGradient is not null ? suppliedGradient.Jacobian(point.X, point.Gradient).Symmetrised()
            : loss.WeightedHessian(point.X, new Vector(point.Value), One);
    }

    public Vector HessianTimes(Point point, Vector v) => (products ??= new(
        (at, direction) => suppliedGradient is null && own is IHessianVectorMap recorded && FusedLoss.IsRecorded(own, at.X)
            ? recorded.HessianVectorProduct(at.X, One, direction) : null,
        suppliedGradient is null && own is ITwiceDifferentiableMap, this, suppliedGradient is not null || own is IDifferentiableMap,
            budget)).At(point, v);

    Vector Gradient(Point point)
    {
        if (suppliedGradient is not null) return suppliedGradient.Evaluate(point.X);
        budget.SpendGradient();
        return ReferenceEquals(point, latest) && ahead is not null ? ahead
            : loss.VectorJacobianProduct(point.X, new Vector(point.Value), One);
    }
}

/// <summary>
/// A loss after physics, L(y(x)). Derivatives by the chain rule: gradient J'grad L, Hessian J'H_L J plus the Hessian of grad L'y(x).
/// </summary>
internal sealed class ComposedObjective(
    OptimizationProblem problem, FunctionsInUse functions, CompletedMap physics, CompletedMap loss, FusedLoss? fused, bool isExact,
    IDifferentiableMap? suppliedGradient, EvaluationBudget budget) : IHessianProduct, IInvertible, IResumable
{
    static readonly Vector One = new(1);
    HessianProducts? products;
    Point? latest; // a method that has arrived proposes it again

    public FunctionsInUse Functions => functions;

    public void Recall(Point known, Vector? gradient) => latest = new(known.X, known.Y, known.Value, Gradient, gradient);

    public IDifferentiableMap Physics => physics;

    public IInverseMap? Inverse => problem.Inverse;

    public Point At(Vector x) => latest?.X.Equals(x) == true ? latest : latest = Outcome(x, null);

    public Point At(Vector x, Vector y) => latest = Outcome(x, y);

    public void ThrowIfFailed() => latest?.ThrowIfFailed();

    Point Outcome(Vector x, Vector? known)
    {
        try
        {
            var y = known ?? physics.Evaluate(x);
            return new(x, y, y.IsFinite ? loss.Evaluate(y)[0] : double.NaN, Gradient);
        }
        catch (EvaluationException failure) when (!failure.EndsRun)
        {
            return new(x, failure);
        }
    }

    public TracedParts Parts { get; } = new(physics, loss, suppliedGradient is not null);

    public void Forget() => latest = null;

    public bool Refine(Point point)
    {
        if (suppliedGradient is not null || point.Y is not { } y) return false;
        var isOfPhysics = physics.Refine(point.X, y);
        if (!loss.Refine(y, new(point.Value)) && !isOfPhysics) return false;
        latest = new(point.X, y, point.Value, Gradient);
        return true;
    }

    public Bounds Bounds { get; } = Bounds.Of(problem.LowerBound, problem.UpperBound);

    public Vector Project(Vector x) => x.Clamp(problem.LowerBound, problem.UpperBound);

    readonly LossRounding rounding = new(problem.InitialGuess);

    public double Rounding(Point point) => rounding.At(point);

    public Matrix Hessian(Point point)
    {
        HessianRoom.Require(point.X);
        if (suppliedGradient is not null) return suppliedGradient.Jacobian(point.X, point.Gradient).Symmetrised();
        if (fused?.Hessian(point) is { } hessian) return hessian;
        var (x, y) = (point.X, point.Y!);
        var jacobian = PhysicsJacobian(point);
        return jacobian.Transpose().Multiply(LossHessian(point).Multiply(jacobian)).Add(physics.WeightedHessian(x, y, LossGradient(point)))
            .Symmetrised();
    }

    public Vector HessianTimes(Point point, Vector v) => (products ??= new(
        (at, direction) => suppliedGradient is null ? fused?.HessianTimes(at, direction) : null,
        suppliedGradient is null && isExact, this, hasExactGradient: suppliedGradient is not null || isExact, budget)).At(point, v);

    public Vector? LossNewtonDirection(Point point) => problem.Loss is INewtonDirection known
        ? known.NewtonDirection(point.Y!)
        : Factorization.SolveSymmetric(LossHessian(point), LossGradient(point)).Solution;

    Vector Gradient(Point point)
    {
        if (suppliedGradient is not null) return suppliedGradient.Evaluate(point.X);
        budget.SpendGradient();
        return fused?.Gradient(point) ?? physics.VectorJacobianProduct(point.X, point.Y!, LossGradient(point));
    }

    Vector LossGradient(Point point) => loss.VectorJacobianProduct(point.Y!, new Vector(point.Value), One);

    Matrix LossHessian(Point point) => loss.WeightedHessian(point.Y!, new Vector(point.Value), One);

    internal Matrix PhysicsJacobian(Point point) => physics.Jacobian(point.X, point.Y!);
}

/// <summary>The squared distance of y(x) to a target: a loss after physics that is also a sum of squares.</summary>
internal sealed class LeastSquaresObjective(ComposedObjective composed, SquaredDistance loss) : IHessianProduct, IInvertible, ILeastSquares,
    IResumable
{
    public FunctionsInUse Functions => composed.Functions;

    public void Recall(Point known, Vector? gradient) => composed.Recall(known, gradient);

    public TracedParts Parts => composed.Parts;

    public void Forget() => composed.Forget();

    public bool Refine(Point point) => composed.Refine(point);

    public void ThrowIfFailed() => composed.ThrowIfFailed();

    public IDifferentiableMap Physics => composed.Physics;

    public IInverseMap? Inverse => composed.Inverse;

    public Point At(Vector x) => composed.At(x);

    public Point At(Vector x, Vector y) => composed.At(x, y);

    public Bounds Bounds => composed.Bounds;

    public Vector Project(Vector x) => composed.Project(x);

    public double Rounding(Point point) => composed.Rounding(point);

    public Matrix Hessian(Point point) => composed.Hessian(point);

    public Vector HessianTimes(Point point, Vector v) => composed.HessianTimes(point, v);

    public Vector? LossNewtonDirection(Point point) => composed.LossNewtonDirection(point);

    public Vector Residual(Point point) => loss.Residual(point.Y!);

    public Matrix ResidualJacobian(Point point) => composed.PhysicsJacobian(point);
}
