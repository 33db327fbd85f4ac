using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Acceptance;

/// <summary>What of a loss is roundoff: the end of all progress, in whatever units y and x are.</summary>
/// <param name="Residual">
/// A decrease of the loss that the model predicts within this comes of nothing but the rounding of y and t, of length eps (|y| + |t|).
/// </param>
/// <param name="Loss">A change of the loss within this cannot be told from the rounding of the loss.</param>
/// <param name="Attainable">
/// Where no step has lowered the loss, and the model predicts no more than this, the point is as good as the derivatives can make it: y may
/// come of numbers that cancel, as large as |D x| with D the column norms of J, and derivatives by differences are good for ten digits.
/// </param>
internal readonly record struct RoundoffTolerance(double Residual, double Loss, double Attainable)
{
    const double Operations = 16; // each of which may round
    const double NegligibleDecrease = 1e-10; // of the loss: the residual is orthogonal to the columns of J within 1e-5

    /// <summary>The tolerance for a sum of squares |y - t|^2, at a point with residual r = y - t and Jacobian J.</summary>
    internal static RoundoffTolerance OfResidual(Point point, Vector residual, IJacobian jacobian)
    {
        const double Eps = Precision.MachineEpsilon;
        var (loss, size) = (residual.Dot(residual), point.Y!.Norm + (point.Y - residual).Norm);
        var parts = Vector.Wrap([.. point.X.Select((x, j) => x * jacobian.ColumnNorm(j))]);
        var spacing = Eps * (size + parts.Norm);
        return new(
            double.Pow(Eps * size, 2),
            double.Pow(Eps * size, 2) + 2 * double.Sqrt(loss) * Eps * size + residual.Count * Eps * loss,
            double.Pow(Operations * spacing, 2) + NegligibleDecrease * loss);
    }

    /// <summary>
    /// True where no residual is larger than what the rounding of x, y and t alone makes of it: x could not be better, in any unit.
    /// </summary>
    /// <remarks>Higham (2002), "Accuracy and stability of numerical algorithms", section 7.2: a small componentwise backward error.
    /// </remarks>
    internal static bool IsRounding(Point point, Vector residual, IJacobian jacobian)
    {
        var sizes = jacobian.MultiplySizes(point.X);
        for (var i = 0; i < residual.Count; i++)
        {
            var (y, r) = (point.Y![i], residual[i]);
            if (!(double.Abs(r) <= Precision.MachineEpsilon * (sizes[i] + double.Abs(y) + double.Abs(y - r)))) return false;
        }

        return true;
    }

    /// <summary>
    /// True where none of the steps has lowered the loss and none can be expected to: neither the model's minimum nor, where J is singular
    /// beside a residual, its minimum along any one variable is lower by more than <see cref="Attainable"/>. The latter is gtol of More,
    /// Garbow, Hillstrom (1980), MINPACK-1, squared.
    /// </summary>
    internal bool IsAttained(double predicted, Vector residual, IJacobian jacobian)
    {
        if (predicted <= Attainable) return true;
        var slope = jacobian.TransposeMultiply(residual);
        for (var j = 0; j < slope.Count; j++)
        {
            var norm = jacobian.ColumnNorm(j);
            if (slope[j] * slope[j] > Attainable * norm * norm) return false;
        }

        return true;
    }
}
