using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Problems;

namespace PhysOpt.Tests;

/// <summary>The methods by name, with what they need bound, and runs of a given length.</summary>
internal static class Runs
{
    internal delegate IEnumerable<IterationRecord> Run(OptimizationProblem problem, OptimizationOptions? options = null,
        CancellationToken token = default);

    /// <summary>All methods, with learning rates that suit the problems of the gallery.</summary>
    internal static readonly IReadOnlyDictionary<string, Run> Methods = new Dictionary<string, Run>
    {
        ["GradientDescent"] = (p, o, t) => Optimizer.Run(p, new GradientDescent(0.001), o, t),
        ["GradientDescent with momentum"] = (p, o, t) => Optimizer.Run(p, new GradientDescent(0.0005, 0.5), o, t),
        ["Adam"] = (p, o, t) => Optimizer.Run(p, new Adam(0.01), o, t),
        ["AdaGrad"] = (p, o, t) => Optimizer.Run(p, new AdaGrad(0.01), o, t),
        ["RmsProp"] = (p, o, t) => Optimizer.Run(p, new RmsProp(0.01), o, t),
        ["Newton"] = (p, o, t) => Optimizer.Run(p, new Newton(1.0 / 3), o, t),
        ["Lbfgs"] = (p, o, t) => Optimizer.Run(p, new Lbfgs(), o, t),
        ["TrustRegion"] = (p, o, t) => Optimizer.Run(p, new TrustRegionNewton(), o, t),
        ["GaussNewton"] = (p, o, t) => Optimizer.Run(p, new GaussNewton(), o, t),
        ["LevenbergMarquardt"] = (p, o, t) => Optimizer.Run(p, new LevenbergMarquardt(), o, t),
        ["HalfInverseGradient"] = (p, o, t) => Optimizer.Run(p, new HalfInverseGradient(0.05), o, t),
        ["Bobyqa"] = (p, o, t) => Optimizer.Run(p, new Bobyqa(), o, t),
        ["NelderMead"] = (p, o, t) => Optimizer.Run(p, new NelderMead(), o, t),
        ["InverseSimulator"] = (p, o, t) => Optimizer.Run(p, new InverseSimulator(0.3), o, t),
        ["InverseSimulator by L-BFGS"] = (p, o, t) =>
            Optimizer.Run(p, new InverseSimulator(0.3, new NumericInverse(InverseMethod.Lbfgs)), o, t),
        ["InverseSimulator by Gauss-Newton"] = (p, o, t) =>
            Optimizer.Run(p, new InverseSimulator(0.3, new NumericInverse(InverseMethod.GaussNewton)), o, t),
    };

    /// <summary>True for a method that knows no gradient which could vanish.</summary>
    internal static bool KnowsNoGradient(string method) => method is "InverseSimulator" or "Bobyqa" or "NelderMead";

    /// <summary>How a method says that the slope is zero.</summary>
    internal static TerminationReason Stationary(string method) =>
        KnowsNoGradient(method) ? TerminationReason.LossTolerance : TerminationReason.GradientTolerance;

    /// <summary>Every method with exact derivatives and with finite differences.</summary>
    public static TheoryData<string, DerivativeSource> MethodsAndSources()
    {
        var rows = new TheoryData<string, DerivativeSource>();
        foreach (var method in Methods.Keys)
        {
            rows.Add(method, DerivativeSource.Auto);
            rows.Add(method, DerivativeSource.FiniteDifference);
        }

        return rows;
    }

    internal static OptimizationProblem ThreeSpaces => ProblemGallery.Find("ThreeSpaces")!;

    internal static OptimizationProblem Rosenbrock => ProblemGallery.Find("Rosenbrock")!;

    /// <summary>L(x) without physics.</summary>
    internal static OptimizationProblem Objective(IMap loss, params double[] start) => new("Objective", null, loss, new Vector(start));

    /// <summary>Exactly so many updates: no other test ends the run.</summary>
    internal static OptimizationOptions Exactly(int iterations, DerivativeSource source = DerivativeSource.Auto) =>
        new() { MaxIterations = iterations, GradientTolerance = null, StepTolerance = null, Derivative = source };

    internal static List<IterationRecord> Steps<TFunction, TState>(
        OptimizationProblem problem, IMethod<TFunction, TState> method, int iterations, DerivativeSource source = DerivativeSource.Auto)
        where TFunction : class, IObjective
        where TState : class, IMethodState
    {
        var records = Optimizer.Run(problem, method, Exactly(iterations, source)).ToList();
        Assert.Equal(iterations, records[^1].Iteration);
        Assert.Equal(TerminationReason.IterationLimit, records[^1].Status);
        return records;
    }
}

/// <summary>Keeps what a run says.</summary>
internal sealed class Listener : IRunObserver
{
    public List<string> Warnings { get; } = [];

    public List<string> Explanations { get; } = [];

    public void Warn(string message) => Warnings.Add(message);

    public void Explain(string message) => Explanations.Add(message);
}
