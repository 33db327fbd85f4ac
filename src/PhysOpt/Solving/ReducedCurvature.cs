using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>
/// Sees with second derivatives whether a stationary point within bounds is a saddle or a maximum, and a way down from there.
/// </summary>
/// <remarks>
/// A minimum needs a Hessian without negative eigenvalues in the variables that are free; those at a bound that a slope holds there do not
/// count, and those at a bound with a slope of nothing may move inwards. Nocedal and Wright (2006), theorem 12.5.
/// </remarks>
internal static class ReducedCurvature
{
    const double Shortest = 1e-8; // of x: nothing is left of a second difference

    /// <summary>A point within the bounds with a loss that is lower beyond rounding; null where second derivatives see none.</summary>
    internal static Vector? WayDown(IHessianProduct f, Vector x)
    {
        var (at, all) = (f.At(x), VariableSizes.Of(x, null));
        if (!double.IsFinite(at.Value) || !at.Gradient.IsFinite) return null;
        int[] free = [.. Enumerable.Range(0, x.Count).Where(i => !IsHeld(i))];
        if (free.Length == 0 || f.Hessian(at) is not { IsFinite: true } hessian) return null;
        // in units of the variables' own sizes, so that no unit decides which eigenvalue is negative
        Vector sizes = new(free.Select(i => all[i]));
        var scaled = new Matrix(free.Length, free.Length, (i, j) => hessian[free[i], free[j]] * sizes[i] * sizes[j]);
        if (Factorization.SolvePositiveDefinite(scaled, sizes) is not null) return null; // most often, and cheaper than a spectrum
        var (values, vectors) = Factorization.SymmetricSpectrum(scaled);
        var negligible = double.Max(free.Length * Precision.MachineEpsilon * values.InfinityNorm, LossRounding.Of(at.Value));
        for (var k = 0; k < free.Length && values[k] < -negligible; k++)
        {
            for (var length = 1.0; length > Shortest; length /= 4)
            {
                foreach (var signed in (double[])[length, -length])
                {
                    var to = x.ToArray();
                    for (var i = 0; i < free.Length; i++) to[free[i]] += signed * sizes[i] * vectors[i, k];
                    var trial = f.At(f.Project(Vector.Wrap(to)));
                    if (at.Value - trial.Value > LossRounding.Of(at.Value) && double.IsFinite(trial.Value)) return trial.X;
                }
            }
        }

        return null;

        bool IsHeld(int i)
        {
            if (!f.Bounds.Exist) return false;
            var (g, lower, upper) = (at.Gradient[i], f.Bounds.Lower[i], f.Bounds.Upper[i]);
            return lower == upper || (double.Abs(g) * all[i] > LossRounding.Of(at.Value) && (g > 0 ? x[i] <= lower : x[i] >= upper));
        }
    }
}
