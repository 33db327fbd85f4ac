using System.Reflection.Emit;

namespace PhysOpt.Tracing.Operations;

/// <summary>
/// An operation that loops would compute within two units in the last place, to the bits that it gives number by number. It stands in
/// programs only: graphs have the operation itself.
/// </summary>
internal sealed class NumberByNumber(Operation operation) : Operation(operation.Name, operation.OperandCount)
{
    internal override double Evaluate(double a, double b) => operation.Evaluate(a, b);

    internal override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count)
    {
        var (nextA, nextB) = (stepA / VectorLoop.Width, stepB / VectorLoop.Width);
        for (var k = 0; k < count; k++, a += nextA, b += nextB) target[k] = operation.Evaluate(*a, *b);
    }

    internal override int Times(Nodes g, int w, int node, int side) => operation.Times(g, w, node, side);

    internal override void Write(ILGenerator code) => operation.Write(code);

    internal override void Write(IVectorWriter writer) => writer.NumberByNumber(operation);
}
