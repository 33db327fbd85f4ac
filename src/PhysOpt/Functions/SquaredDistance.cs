using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>The loss L(y) = |y - t|^2, with gradient 2(y - t) and Hessian 2I; without a target t it is |y|^2.</summary>
public sealed class SquaredDistance(Vector? target = null) : ITwiceDifferentiableMap, INewtonDirection
{
    /// <summary>t, or null where it is the origin.</summary>
    public Vector? Target => target;

    /// <inheritdoc/>
    public Vector Evaluate(Vector x)
    {
        var residual = Residual(x);
        return new Vector(residual.Dot(residual));
    }

    /// <inheritdoc/>
    public Matrix Jacobian(Vector x, Vector y) => Matrix.Wrap(1, x.Count, (2 * Residual(x)).ToArray());

    /// <inheritdoc/>
    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => 2 * w[0] * Residual(x);

    /// <inheritdoc/>
    public Matrix WeightedHessian(Vector x, Vector y, Vector w) => new(x.Count, x.Count, (i, j) => i == j ? 2 * w[0] : 0);

    /// <inheritdoc/>
    public Vector NewtonDirection(Vector x) => Residual(x);

    /// <summary>y - t.</summary>
    /// <exception cref="EvaluationException">y and t differ in length.</exception>
    public Vector Residual(Vector y)
    {
        ArgumentNullException.ThrowIfNull(y);
        if (target is null) return y;
        return y.Count == target.Count
            ? y - target
            : throw new EvaluationException("TargetLengthMismatch",
                $"Target has {Plural.Of(target.Count, "component")}, but y has {y.Count}: y = {PointWords.Of(y)}. "
                + "Give Target one number for each.", y);
    }

    /// <summary>The formula, for people.</summary>
    public override string ToString() => target is null ? "|y|^2" : $"|y - ({target})|^2";
}
