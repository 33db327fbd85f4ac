namespace PhysOpt.Functions;

/// <summary>A map whose value at one point is known already, so that it is not evaluated there again.</summary>
internal static class KnownPoint
{
    /// <summary>The map, with the derivatives it has, where f(x) = y is known.</summary>
    internal static IMap Of(IMap map, Vector x, Vector y) =>
        map is IConfirmableMap and IDifferentiableMap traced ? new ConfirmableMap(traced, x, y)
        : map is IDifferentiableMap differentiable ? new PlainMap(differentiable, x, y) : new ValueMap(map, x, y);

    sealed class ValueMap(IMap map, Vector x, Vector y) : IMap
    {
        public Vector Evaluate(Vector at) => at.Equals(x) ? y : map.Evaluate(at);
    }

    abstract class DifferentiableMap(IDifferentiableMap map, Vector x, Vector y) : ILocallyDifferentiableMap
    {
        bool isKnown = true;

        public Vector Evaluate(Vector at) => isKnown && at.Equals(x) ? y : map.Evaluate(at);

        private protected void Forget() => isKnown = false;

        public bool AreDerivativesSupplied => map.AreDerivativesSupplied;

        public bool IsDifferentiableAt(Vector at) => (map as ILocallyDifferentiableMap)?.IsDifferentiableAt(at) ?? true;

        public string? WhyNotDifferentiable => (map as ILocallyDifferentiableMap)?.WhyNotDifferentiable;

        public Matrix Jacobian(Vector at, Vector value) => map.Jacobian(at, value);

        public Vector VectorJacobianProduct(Vector at, Vector value, Vector w) => map.VectorJacobianProduct(at, value, w);
    }

    /// <summary>Any map with derivatives but a trace.</summary>
    sealed class PlainMap(IDifferentiableMap map, Vector x, Vector y) : DifferentiableMap(map, x, y);

    /// <summary>A trace: what is known came from it, and is forgotten where the function itself says something else.</summary>
    sealed class ConfirmableMap(IDifferentiableMap map, Vector x, Vector y) : DifferentiableMap(map, x, y), IConfirmableMap,
        IExplainedMap
    {
        readonly IConfirmableMap traced = (IConfirmableMap)map;
        readonly IExplainedMap? explained = map as IExplainedMap;

        public int RecordingCount => traced.RecordingCount;

        public bool RunsInPlaceAt(Vector at) => traced.RunsInPlaceAt(at);

        public ValueConfirmation Confirm(Vector at)
        {
            var answer = traced.Confirm(at);
            if (answer.Contradiction is not null) Forget();
            return answer;
        }

        public Vector EvaluateItself(Vector at) => traced.EvaluateItself(at);

        public Culprit? NotFinite(Vector at) => explained?.NotFinite(at);

        public Culprit? NoSlope(Vector at) => explained?.NoSlope(at);

        public Culprit? Between(Vector at, Vector neighbour) => explained?.Between(at, neighbour);

        public void NoteSlope(Vector at) => traced.NoteSlope(at);

        public void GiveUp(string why)
        {
            Forget();
            traced.GiveUp(why);
        }
    }
}
