using PhysOpt.Functions;

namespace PhysOpt.Tests;

/// <summary>Remembers every point at which a map is evaluated, and how often its derivatives are asked for.</summary>
internal sealed class Watch
{
    public List<Vector> Points { get; } = [];

    public int Jacobians { get; private set; }

    /// <summary>Is told of every evaluation before it is made: the hook for stopping and failing.</summary>
    public Action<Vector>? Before { get; init; }

    /// <summary>The map by its values alone.</summary>
    public IMap Values(IMap map) => DelegateMap.Create(x => Evaluate(map, x));

    /// <summary>The map with its first derivatives.</summary>
    public IDifferentiableMap First(IDifferentiableMap map) => DelegateMap.Create(x => Evaluate(map, x), x => Jacobian(map, x));

    /// <summary>The map with its first and second derivatives.</summary>
    public ITwiceDifferentiableMap Twice(ITwiceDifferentiableMap map) => DelegateMap.Create(
        x => Evaluate(map, x), x => Jacobian(map, x), (x, w) => map.WeightedHessian(x, map.Evaluate(x), w));

    /// <summary>The problem with its physics watched; all derivatives that it has are kept.</summary>
    public OptimizationProblem Physics(OptimizationProblem problem) =>
        problem.WithPhysics(Twice((ITwiceDifferentiableMap)problem.Physics!));

    /// <summary>The problem with its physics watched and known by values alone.</summary>
    public OptimizationProblem PhysicsValues(OptimizationProblem problem) => problem.WithPhysics(Values(problem.Physics!));

    Vector Evaluate(IMap map, Vector x)
    {
        Before?.Invoke(x);
        Points.Add(x);
        return map.Evaluate(x);
    }

    Matrix Jacobian(IDifferentiableMap map, Vector x)
    {
        Jacobians++;
        return map.Jacobian(x, map.Evaluate(x));
    }
}

internal static class ProblemVariants
{
    internal static OptimizationProblem WithPhysics(this OptimizationProblem problem, IMap physics) => new(
        problem.Name, physics, problem.Loss, problem.InitialGuess, problem.Inverse, problem.LowerBound, problem.UpperBound,
            problem.Solution);

    internal static OptimizationProblem WithLoss(this OptimizationProblem problem, IMap loss) => new(
        problem.Name, problem.Physics, loss, problem.InitialGuess, problem.Inverse, problem.LowerBound, problem.UpperBound,
            problem.Solution);

    internal static OptimizationProblem WithBounds(this OptimizationProblem problem, Vector? lower, Vector? upper) => new(
        problem.Name, problem.Physics, problem.Loss, problem.InitialGuess, problem.Inverse, lower, upper, problem.Solution);
}
