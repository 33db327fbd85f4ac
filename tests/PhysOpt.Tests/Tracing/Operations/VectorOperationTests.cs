using CsCheck;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class VectorOperationTests
{
    static readonly double[] Odd =
    [
        0.0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, -5e-324, 1e300, 0.5, -0.5, 1.5, 2.5, -2.5,
            2, 709.7, -745.2, 1e6, Math.PI / 4,
    ];

    static readonly Gen<double> Number = Gen.OneOf(Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]), Gen.Double[-3, 3],
        Gen.Double[-1000, 1000], Gen.Double[-1e5, 1e5], Gen.Double[0.5, 2], Gen.Double,
        Gen.Int[-60_000, 60_000].Select(k => k * (Math.PI / 4)),
        Gen.Select(Gen.Double[-1, 1], Gen.Int[-12, 2]).Select((x, scale) => x * Math.Pow(10, scale)));

    public static TheoryData<string> Names() => AllOperations.Names();

    /// <summary>A program that applies one operation to pairs of inputs.</summary>
    static LoopProgram Pairs(Operation operation, int length)
    {
        var (a, b) = (new Access(Space.Input, 0, 2), new Access(Space.Input, operation.IsBinary ? 1 : 0, 2));
        return new(2 * length, length, 0, [], [new Loop(length, [new(operation, 0, a, b)], 1, [new(0, new(Space.Output, 0, 1))], [])]);
    }

    static double[] Interleave(double[] a, double[] b) => [.. a.Zip(b).SelectMany(pair => new[] { pair.First, pair.Second })];

    [Theory]
    [MemberData(nameof(Names))]
    public void Loops_compute_the_bits_of_straight_code(string name)
    {
        var operation = AllOperations.Named(name);
        const int Length = 53;
        var interpreter = new LoopInterpreter(Pairs(operation, Length));
        Gen.Select(Number.Array[Length], Number.Array[Length]).Sample((a, b) =>
        {
            var values = new double[Length];
            interpreter.Evaluate(Interleave(a, b), values);
            for (var k = 0; k < Length; k++)
            {
                var expected = operation.Evaluate(a[k], b[k]);
                if (SameBits(expected, values[k])) continue;
                if (!operation.IsApproximateInLoops || !(Math.Abs(expected - values[k]) <= 4.5e-16 * Math.Abs(expected) + 1e-300))
                    return false;
            }

            return true;
        }, iter: Laws.Samples(1_000));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_result_depends_neither_on_its_place_nor_on_its_neighbours(string name)
    {
        var operation = AllOperations.Named(name);
        const int Length = 600;
        var interpreter = new LoopInterpreter(Pairs(operation, Length));
        var single = new LoopInterpreter(Pairs(operation, 1));
        Gen.Select(Number.Array[Length], Number.Array[Length]).Sample((a, b) =>
        {
            var (values, alone) = (new double[Length], new double[1]);
            interpreter.Evaluate(Interleave(a, b), values);
            for (var k = 0; k < Length; k++)
            {
                single.Evaluate([a[k], b[k]], alone);
                if (!SameBits(alone[0], values[k])) return false;
            }

            return true;
        }, iter: Laws.Samples(60));
    }
}
