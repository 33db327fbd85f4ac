using PhysOpt.Optimization.Methods;
using PhysOpt.Problems;

namespace PhysOpt.Solving;

/// <summary>All methods by name: the one place that a new method is registered at.</summary>
public static class MethodRegistry
{
    /// <summary>All methods, gradient steps first and those without derivatives last.</summary>
    public static IReadOnlyList<MethodEntry> All { get; } =
    [
        MethodEntry.Of("GradientDescent", "x+ = x - eta dL/dx", GradientDescent.DefaultLearningRate, (_, rate) =>
            new GradientDescent(rate), rateHasUnit: true),
        MethodEntry.Of("Adam", "steps scaled by running means of gradient and square", Adam.DefaultLearningRate, (_, rate) =>
            new Adam(rate), rateHasUnit: true),
        MethodEntry.Of("AdaGrad", "steps scaled by the sum of all squared gradients", AdaGrad.DefaultLearningRate, (_, rate) =>
            new AdaGrad(rate), rateHasUnit: true),
        MethodEntry.Of("RmsProp", "steps scaled by a running mean of the squared gradient", RmsProp.DefaultLearningRate, (_, rate) =>
            new RmsProp(rate), rateHasUnit: true),
        MethodEntry.Of("Newton", "x+ = x - eta H^-1 dL/dx", Newton.DefaultLearningRate, (_, rate) => new Newton(rate)),
        MethodEntry.Of("GaussNewton", "least-norm steps of the linearised least-squares problem", _ =>
            new GaussNewton(), GaussNewton.DefaultOptions),
        MethodEntry.Of(
            "InverseSimulator", "Newton steps of the loss in y, pulled back to x", InverseSimulator.DefaultLearningRate,
            (problem, rate) => new InverseSimulator(rate, problem.Solver())),
        MethodEntry.Of(
            "Lbfgs", "limited-memory BFGS with a line search", Lbfgs.DefaultLearningRate, (_, rate) => new Lbfgs(learningRate: rate),
            Lbfgs.DefaultOptions),
        MethodEntry.Of(
            "TrustRegion", "Newton steps within a trust region, which leave saddles", 1, (_, rate) => new TrustRegionNewton(rate),
            TrustRegionNewton.DefaultOptions),
        MethodEntry.Of("LevenbergMarquardt", "least squares within a trust region and the bounds", _ =>
            new LevenbergMarquardt(), LevenbergMarquardt.DefaultOptions),
        MethodEntry.Of("HalfInverseGradient", "least squares, between gradient descent and Gauss-Newton",
            HalfInverseGradient.DefaultLearningRate, (_, rate) => new HalfInverseGradient(rate), rateHasUnit: true),
        MethodEntry.Of("Bobyqa", "quadratic models of values within a trust region and the bounds, no derivatives", _ =>
            new Bobyqa(), Bobyqa.DefaultOptions),
        MethodEntry.Of("NelderMead", "moves of a simplex within the bounds, no derivatives", _ =>
            new NelderMead(), NelderMead.DefaultOptions),
    ];

    /// <summary>
    /// Methods that a search chooses by itself and nobody asks for by name: with one variable there is nothing to compare them on, and no
    /// path to look at.
    /// </summary>
    internal static IReadOnlyList<MethodEntry> Chosen { get; } =
    [
        MethodEntry.Of("Brent", "parabolas and golden sections between two bounds", _ => new Brent(), Brent.DefaultOptions),
    ];

    /// <summary>The method of a choice.</summary>
    /// <param name="name">Its name.</param>
    internal static MethodEntry OfChoice(string name) => Chosen.FirstOrDefault(each => each.Name == name) ?? Require(name);

    /// <summary>The method of that name, whatever the case of its letters; null where there is none.</summary>
    public static MethodEntry? Find(string name) => All.FirstOrDefault(each => each.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The method of that name.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static MethodEntry Require(string name) => Find(name) ?? throw new ProblemException(
        "MethodNotFound", $"There is no method named '{name}'." + NearestName.Question(name, All.Select(each => each.Name)),
        $"The methods are {string.Join(", ", All)}.");
}
