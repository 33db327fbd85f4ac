using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.LeastSquares;

/// <summary>What of a sum of squares |y - t|^2 is rounding: the end of all progress, in whatever units y and x are.</summary>
/// <param name="Gradient">A decrease of the loss that the model predicts within this comes of nothing but the rounding of y and t, of length eps (|y| + |t|).</param>
/// <param name="Loss">A change of the loss within this cannot be told from the rounding of the loss that y and t cause.</param>
/// <param name="Worst">
/// Where no step has lowered the loss, and the model predicts no more than this, the point is as good as the derivatives can tell: y may come of
/// numbers that cancel, as large as |D x| with D the column norms of J, and derivatives by differences are good for ten digits.
/// </param>
internal readonly record struct Rounding(double Gradient, double Loss, double Worst)
{
    const double Operations = 16; // each of which may round
    const double NegligibleDecrease = 1e-10; // of the loss: the residual is orthogonal to the columns of J within 1e-5

    /// <summary>The rounding at a point with residual r = y - t and Jacobian J.</summary>
    internal static Rounding At(Point point, Vector residual, Matrix jacobian)
    {
        const double Eps = Precision.MachineEpsilon;
        var (loss, size) = (residual.Dot(residual), point.Y!.Norm + (point.Y - residual).Norm);
        var parts = Vector.Wrap([.. point.X.Select((x, j) => x * jacobian.Column(j).Norm)]);
        var spacing = Eps * (size + parts.Norm);
        return new(
            double.Pow(Eps * size, 2),
            double.Pow(Eps * size, 2) + 2 * double.Sqrt(loss) * Eps * size + residual.Count * Eps * loss,
            double.Pow(Operations * spacing, 2) + NegligibleDecrease * loss);
    }

    /// <summary>
    /// True where no step has lowered the loss and none can be expected to: neither the model's minimum nor, where J is singular beside a residual, its
    /// minimum along any one variable is lower by more than <see cref="Worst"/>. The latter is gtol of More, Garbow, Hillstrom (1980), MINPACK-1, squared.
    /// </summary>
    internal bool Explains(double promised, Vector residual, Matrix jacobian)
    {
        if (promised <= Worst) return true;
        var slope = jacobian.TransposeMultiply(residual);
        for (var j = 0; j < slope.Count; j++)
        {
            var norm = jacobian.Column(j).Norm;
            if (slope[j] * slope[j] > Worst * norm * norm) return false;
        }

        return true;
    }

    /// <summary>The end of a run at a point from which the linear model promises no more than rounding.</summary>
    internal static Proposal<TState> Arrived<TState>(double promised, Point at) where TState : class, IMethodState => new(
        null, TerminationReason.LossTolerance,
        FormattableString.Invariant($"the linear model promises a loss lower by {double.Max(promised, 0):G3} at most, which cannot be told from rounding"));
}
