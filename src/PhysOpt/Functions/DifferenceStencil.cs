using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>
/// A difference formula in one variable: the derivative is about Centre f(x) + sum of Weights[s] f(x + Offsets[s] e_i).
/// All formulas are of second order: central where the bounds leave room on both sides, one-sided elsewhere.
/// A variable whose bounds leave no room at all (lower = upper) has no offsets and the derivative 0.
/// </summary>
/// <param name="Centre">The weight of f(x).</param>
/// <param name="Offsets">Steps from x_i, in units of x_i.</param>
/// <param name="Weights">The weight of each offset.</param>
internal readonly record struct DifferenceStencil(double Centre, double[] Offsets, double[] Weights)
{
    /// <summary>The relative step of first derivatives, eps^(1/3): truncation h^2 and rounding eps/h are then alike.</summary>
    internal static readonly double FirstDerivativeStep = double.Cbrt(Precision.MachineEpsilon);

    /// <summary>The relative step of second derivatives, eps^(1/4): truncation h^2 and rounding eps/h^2 are then alike.</summary>
    internal static readonly double SecondDerivativeStep = double.Sqrt(double.Sqrt(Precision.MachineEpsilon));

    /// <summary>The formula of df/dx_i at x.</summary>
    /// <param name="x">x_i.</param>
    /// <param name="lower">Its lower bound.</param>
    /// <param name="upper">Its upper bound.</param>
    /// <param name="step">The step, in units of x_i; shorter where the bounds leave less room.</param>
    internal static DifferenceStencil First(double x, double lower, double upper, double step)
    {
        var (h, side) = Step(x, lower, upper, step, reach: 2);
        return side switch
        {
            Side.None => new(0, [], []),
            Side.Both => new(0, [h, -h], [1 / (2 * h), -1 / (2 * h)]),
            _ => new(-3 / (2 * h), [h, 2 * h], [4 / (2 * h), -1 / (2 * h)]),
        };
    }

    /// <summary>The formula of d2f/dx_i^2 at x.</summary>
    /// <inheritdoc cref="First"/>
    internal static DifferenceStencil Second(double x, double lower, double upper, double step)
    {
        var (h, side) = Step(x, lower, upper, step, reach: 3);
        var square = h * h;
        return side switch
        {
            Side.None => new(0, [], []),
            Side.Both => new(-2 / square, [h, -h], [1 / square, 1 / square]),
            _ => new(2 / square, [h, 2 * h, 3 * h], [-5 / square, 4 / square, -1 / square]),
        };
    }

    enum Side { None, Both, One }

    /// <summary>
    /// The step of a formula (negative: downwards) that keeps within the bounds; a point outside them is differenced as if there were none.
    /// </summary>
    static (double H, Side Side) Step(double x, double lower, double upper, double step, int reach)
    {
        var h = double.Max(x + step - x, double.BitIncrement(double.Abs(x)) - double.Abs(x)); // what is really added to x
        var (below, above) = (x - lower, upper - x);
        if (below < 0 || above < 0 || (below >= h && above >= h)) return (h, Side.Both);

        var room = double.Max(below, above);
        if (room == 0) return (0, Side.None);
        h = double.Min(h, room / reach);
        return (above >= below ? h : -h, Side.One);
    }
}
