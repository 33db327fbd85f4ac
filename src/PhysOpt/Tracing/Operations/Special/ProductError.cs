namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// What rounding took from a b: the exact product is the rounded one and this. -0.0, which changes no sum, where it took
    /// nothing or the product is not finite.
    /// </summary>
    internal static Operation ProductError => ProductErrorOperation.Instance;
}

/// <inheritdoc cref="Operation.ProductError"/>
/// <remarks>
/// Exact but for products below 1e-291, of which digits are lost that doubles do not have.
/// </remarks>
internal sealed class ProductErrorOperation() : Binary<ProductErrorOperation.Form>(nameof(ProductError))
{
    internal static readonly Operation Instance = new ProductErrorOperation();

    internal override bool IsCommutative => true;

    internal override bool IsDifferentiable(int side) => false;

    internal readonly struct Form : IBinaryForm
    {
        public static double Of(double a, double b)
        {
            var product = a * b;
            var error = double.FusedMultiplyAdd(a, b, -product);
            return double.IsFinite(product) && error != 0 ? error : -0.0;
        }
    }
}
