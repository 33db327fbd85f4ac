using System.Management.Automation;
using PhysOpt.Functions;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// Maps that users wrote in .NET: whatever they throw becomes an error that tells the function and the point, as it
/// does for script blocks.
/// </summary>
internal static class CompiledMaps
{
    /// <summary>The map with its derivatives, guarded; maps of PhysOpt itself are as they are.</summary>
    /// <param name="map">The map.</param>
    /// <param name="role">What it is in the problem, for messages and error ids.</param>
    internal static IMap Guarded(IMap map, string role) =>
        map.GetType().Assembly == typeof(IMap).Assembly || map.GetType().Assembly == typeof(CompiledMaps).Assembly ? map : map switch
        {
            ITwiceDifferentiableMap twice => new Twice(twice, role),
            IDifferentiableMap once => new Once(once, role),
            _ => new Values(map, role),
        };

    static T Guard<T>(Func<T> work, string role, Vector x)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not (EvaluationException or OperationCanceledException or PipelineStoppedException))
        {
            throw new EvaluationException(
                $"{role}Failed", $"{role} failed at {PointWords.Place(x)}: {CallHints.Sentence(exception.Message)}", x, exception);
        }
    }

    sealed class Values(IMap map, string role) : IMap
    {
        public Vector Evaluate(Vector x) => Guard(() => map.Evaluate(x), role, x);

        public override string ToString() => map.ToString()!;
    }

    sealed class Once(IDifferentiableMap map, string role) : IDifferentiableMap
    {
        public Vector Evaluate(Vector x) => Guard(() => map.Evaluate(x), role, x);

        public Matrix Jacobian(Vector x, Vector y) => Guard(() => map.Jacobian(x, y), role, x);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => Guard(() => map.VectorJacobianProduct(x, y, w), role, x);

        public override string ToString() => map.ToString()!;
    }

    sealed class Twice(ITwiceDifferentiableMap map, string role) : ITwiceDifferentiableMap
    {
        public Vector Evaluate(Vector x) => Guard(() => map.Evaluate(x), role, x);

        public Matrix Jacobian(Vector x, Vector y) => Guard(() => map.Jacobian(x, y), role, x);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => Guard(() => map.VectorJacobianProduct(x, y, w), role, x);

        public Matrix WeightedHessian(Vector x, Vector y, Vector w) => Guard(() => map.WeightedHessian(x, y, w), role, x);

        public override string ToString() => map.ToString()!;
    }
}
