using PhysOpt.Inversion;
using PhysOpt.Optimization.Methods;

namespace PhysOpt;

/// <summary>How physics is inverted.</summary>
public enum InverseMethod
{
    /// <summary>The inverse that came with the problem.</summary>
    Analytic,

    /// <summary>The solution of y(x) = y* reached from the current x by L-BFGS.</summary>
    Lbfgs,

    /// <summary>The solution of y(x) = y* reached from the current x by Gauss-Newton steps of least norm.</summary>
    GaussNewton,
}

/// <summary>From the name of a way to invert to the way.</summary>
public static class InverseMethodExtensions
{
    /// <summary>The solver of that name; without a name the problem's own inverse where it has one, otherwise L-BFGS.</summary>
    public static IInverseSolver Solver(this OptimizationProblem problem, InverseMethod? method = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return (method ?? (problem.Inverse is null ? InverseMethod.Lbfgs : InverseMethod.Analytic)) switch
        {
            InverseMethod.Analytic => new SuppliedInverse(),
            var numeric => new NumericInverse(numeric),
        };
    }
}
