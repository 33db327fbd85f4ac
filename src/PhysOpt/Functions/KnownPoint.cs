namespace PhysOpt.Functions;

/// <summary>A map whose value at one point is known already, so that it is not evaluated there again.</summary>
internal static class KnownPoint
{
    /// <summary>The map, with the derivatives it has, where f(x) = y is known.</summary>
    internal static IMap Of(IMap map, Vector x, Vector y) =>
        map is IDifferentiableMap differentiable ? new DifferentiableMap(differentiable, x, y) : new ValueMap(map, x, y);

    sealed class ValueMap(IMap map, Vector x, Vector y) : IMap
    {
        public Vector Evaluate(Vector at) => at.Equals(x) ? y : map.Evaluate(at);
    }

    sealed class DifferentiableMap(IDifferentiableMap map, Vector x, Vector y) : ILocallyDifferentiableMap
    {
        public Vector Evaluate(Vector at) => at.Equals(x) ? y : map.Evaluate(at);

        public bool AreDerivativesSupplied => map.AreDerivativesSupplied;

        public bool IsDifferentiableAt(Vector at) => (map as ILocallyDifferentiableMap)?.IsDifferentiableAt(at) ?? true;

        public string? WhyNotDifferentiable => (map as ILocallyDifferentiableMap)?.WhyNotDifferentiable;

        public Matrix Jacobian(Vector at, Vector value) => map.Jacobian(at, value);

        public Vector VectorJacobianProduct(Vector at, Vector value, Vector w) => map.VectorJacobianProduct(at, value, w);
    }
}
