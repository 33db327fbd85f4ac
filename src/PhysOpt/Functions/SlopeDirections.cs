using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>The directions along which slopes are compared, in units that come from x itself.</summary>
internal static class SlopeDirections
{
    const double GoldenRatio = 0.61803398874989485;

    /// <summary>A step as a direction whose largest component is one size; null where there is no step.</summary>
    internal static Vector? OfStep(Vector? step, Vector sizes)
    {
        if (step is null || !step.IsFinite) return null;
        var largest = 0.0;
        for (var i = 0; i < step.Count; i++) largest = double.Max(largest, double.Abs(step[i]) / sizes[i]);
        return largest > 0 && double.IsFinite(1 / largest) ? 1 / largest * step : null;
    }

    /// <summary>
    /// A direction in which every variable takes part, by half to all of its size, up or down: always the same one. Where a bound is near,
    /// away from it; a variable that its bounds leave no room stays.
    /// </summary>
    /// <param name="x">The point.</param>
    /// <param name="sizes">The sizes of the variables.</param>
    /// <param name="lower">The lower bounds, or null.</param>
    /// <param name="upper">The upper bounds, or null.</param>
    /// <param name="turn">Which of several such directions.</param>
    /// <param name="step">Each variable goes up or down as it does here, where it moves; null for no such wish.</param>
    internal static Vector Seeded(Vector x, Vector sizes, Vector? lower, Vector? upper, int turn = 0, Vector? step = null)
    {
        var direction = new double[x.Count];
        for (var i = 0; i < direction.Length; i++)
        {
            var (below, above) = Room(x, i, lower, upper);
            if (below == 0 && above == 0) continue;
            var hash = unchecked((uint)(i + 1) * 2654435761u + (uint)turn * 2246822519u);
            var isUp = step is null || step[i] == 0 ? (hash & 0x10000) == 0 : step[i] > 0;
            if (double.Min(below, above) < 1e-3 * sizes[i]) isUp = above >= below;
            direction[i] = (isUp ? 1 : -1) * sizes[i] * (0.5 + 0.5 * ((i + 1 + turn) * GoldenRatio % 1));
        }

        return Vector.Wrap(direction);
    }

    /// <summary>
    /// A seeded direction, and the same with one variable the other way: the loss may fall for one sign of the variables' product alone.
    /// </summary>
    /// <param name="x">The point.</param>
    /// <param name="sizes">The sizes of the variables.</param>
    /// <param name="variables">Those of which one goes the other way; which, the turn says.</param>
    /// <param name="turn">Which of several such pairs.</param>
    internal static Vector[] OfBothProducts(Vector x, Vector sizes, int[] variables, int turn)
    {
        var (seeded, i) = (Seeded(x, sizes, null, null, turn), variables[turn % variables.Length]);
        return [seeded, seeded.With(i, -seeded[i])];
    }

    /// <summary>How far a variable may go down and up; a point outside the bounds is treated as if there were none.</summary>
    internal static (double Below, double Above) Room(Vector x, int i, Vector? lower, Vector? upper)
    {
        var below = lower is null ? double.PositiveInfinity : x[i] - lower[i];
        var above = upper is null ? double.PositiveInfinity : upper[i] - x[i];
        return below < 0 || above < 0 ? (double.PositiveInfinity, double.PositiveInfinity) : (below, above);
    }
}
