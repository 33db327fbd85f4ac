namespace PhysOpt.Functions;

/// <summary>Whether derivatives that somebody supplies have the shape that the function asks for.</summary>
internal static class DerivativeShape
{
    /// <summary>The Jacobian, m by n.</summary>
    /// <param name="jacobian">What was supplied.</param>
    /// <param name="outputs">m.</param>
    /// <param name="x">The point, n components.</param>
    /// <param name="role">What the function is in the problem.</param>
    /// <exception cref="EvaluationException">JacobianShapeMismatch.</exception>
    internal static Matrix Jacobian(Matrix jacobian, int outputs, Vector x, string role = "a function") =>
        jacobian.RowCount == outputs && jacobian.ColumnCount == x.Count ? jacobian : throw new EvaluationException(
            "JacobianShapeMismatch",
            $"The Jacobian of {role} must be {outputs} by {x.Count}, but is {jacobian.RowCount} by {jacobian.ColumnCount}, at "
            + $"{PointWords.Place(x)}. Give a row for each output and a column for each variable.", x);

    /// <summary>The product J'w, n components.</summary>
    /// <exception cref="EvaluationException">GradientLengthMismatch.</exception>
    internal static Vector Product(Vector product, Vector x, string role) =>
        product.Count == x.Count ? product : throw new EvaluationException(
            "GradientLengthMismatch", $"The derivative of {role} must have {Plural.Of(x.Count, "number")}, but has {product.Count}, at "
            + $"{PointWords.Place(x)}. Give one for each variable.", x);

    /// <summary>The Hessian, n by n.</summary>
    /// <exception cref="EvaluationException">HessianShapeMismatch.</exception>
    internal static Matrix Hessian(Matrix hessian, Vector x, string role) =>
        hessian.RowCount == x.Count && hessian.ColumnCount == x.Count ? hessian : throw new EvaluationException(
            "HessianShapeMismatch",
            $"The Hessian of {role} must be {x.Count} by {x.Count}, but is {hessian.RowCount} by {hessian.ColumnCount}, at "
            + $"{PointWords.Place(x)}. Give a row and a column for each variable.", x);
}
