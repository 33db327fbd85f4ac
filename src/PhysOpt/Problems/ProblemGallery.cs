using PhysOpt.Functions;

namespace PhysOpt.Problems;

/// <summary>Problems that come with PhysOpt, with exact derivatives, inverses and solutions.</summary>
public static class ProblemGallery
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<OptimizationProblem> All { get; } = [Rosenbrock(), ThreeSpaces()];

    /// <summary>The problem of that name, in any case of letters; null when there is none.</summary>
    public static OptimizationProblem? Find(string name) =>
        All.FirstOrDefault(problem => string.Equals(problem.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The error that there is no problem of a name.</summary>
    public static ProblemException NotFound(string name) =>
        new("ProblemNotFound", $"There is no problem named '{name}'." + NearestName.Question(name, All.Select(problem => problem.Name)),
            "Get-OptimizationProblem without a name lists them all.");

    /// <summary>
    /// y = (x0, x1^2), L = |y|^2 from (3,3). Physics-based Deep Learning, "Simple Example comparing Different Optimizers".
    /// </summary>
    static OptimizationProblem ThreeSpaces() => new(
        "ThreeSpaces",
        DelegateMap.Create(
            x => new Vector(x[0], x[1] * x[1]),
            x => Matrix.Diagonal(1, 2 * x[1]),
            (x, w) => Matrix.Diagonal(0, 2 * w[1])),
        new SquaredDistance(),
        new Vector(3, 3),
        DelegateMap.Inverse((y, near) => new Vector(y[0], double.Sqrt(y[1]))),
        solution: new Vector(0, 0),
        description: "y = (x0, x1^2), L = |y|^2: the three spaces");

    /// <summary>
    /// y = (10(x1 - x0^2), 1 - x0), L = |y|^2 from (-1.2,1). Rosenbrock (1960); number 1 of More, Garbow, Hillstrom (1981).
    /// </summary>
    static OptimizationProblem Rosenbrock() => new(
        "Rosenbrock",
        DelegateMap.Create(
            x => new Vector(10 * (x[1] - x[0] * x[0]), 1 - x[0]),
            x => new Matrix(new double[,] { { -20 * x[0], 10 }, { -1, 0 } }),
            (x, w) => Matrix.Diagonal(-20 * w[0], 0)),
        new SquaredDistance(),
        new Vector(-1.2, 1),
        DelegateMap.Inverse((y, near) => new Vector(1 - y[1], y[0] / 10 + (1 - y[1]) * (1 - y[1]))),
        solution: new Vector(1, 1),
        description: "y = (10(x1 - x0^2), 1 - x0): the curved valley");
}
