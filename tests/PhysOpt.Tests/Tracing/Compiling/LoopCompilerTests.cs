using CsCheck;
using PhysOpt.Tracing.Compiling;
using PhysOpt.Tracing.Derivatives;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;
using PhysOpt.Tracing.Running;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class LoopCompilerTests
{
    static Access Slice(Space space, int offset) => new(space, offset, 1);

    static double[] Run(IProgramRunner runner, double[] x)
    {
        var values = new double[runner.OutputCount];
        runner.Evaluate(x, values);
        return values;
    }

    static void SameAsReference(LoopProgram program, double[] x)
    {
        var expected = Run(new ReferenceRunner(program), x);
        Same("compiled", Run(LoopCompiler.Compile(program), x));
        Same("interpreted", Run(new LoopInterpreter(program), x));

        void Same(string how, double[] actual)
        {
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(SameBits(expected[i], actual[i]),
                    $"{how}, output {i} of {expected.Length}: expected {expected[i]:R}, got {actual[i]:R}");
            }
        }
    }

    static readonly double[] Wild =
        [0.0, -0.0, 1, -1, 2.5, -2.5, 0.5, -0.5, 1.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, -5e-324, 1e300,
            1e16, -1e16, 709, 1e6, 0.3, -0.7];

    public static TheoryData<string> Names() => AllOperations.Names();

    public static TheoryData<string> Computing() =>
        [nameof(Operation.Input), .. AllOperations.Computed.Select(operation => operation.Name)];

    [Theory]
    [MemberData(nameof(Computing))]
    public void An_operation_is_the_same_in_every_lane_and_alone(string name)
    {
        var operation = name == nameof(Operation.Input) ? Operation.Input : AllOperations.Named(name);
        double[] a = [.. Wild.SelectMany(_ => Wild)];
        double[] b = [.. Wild.SelectMany(value => Enumerable.Repeat(value, Wild.Length))];
        var n = a.Length;
        SameAsReference(new(2 * n, n, 0, [],
            [new Loop(n, [new(operation, 0, Slice(Space.Input, 0), Slice(Space.Input, n))], 1, [new(0, Slice(Space.Output, 0))], [])]),
                [.. a, .. b]);
        SameAsReference(new(2 * n, n, 0, [],
            [new Straight([.. Enumerable.Range(0, n)
                .Select(i => new StraightOperation(operation, new(Space.Output, i), new(Space.Input, i), new(Space.Input, n + i)))])]),
                [.. a, .. b]);
    }

    [Fact]
    public void Random_programs_give_the_bits_of_the_reference() =>
        RandomProgram.Of(steps: 6, longest: 100).Sample((program, x) => SameAsReference(program, x),
            iter: Laws.Samples(400), print: _ => "");

    [Fact]
    public void Long_loops_give_the_bits_of_the_reference() =>
        RandomProgram.Of(steps: 3, longest: 5000).Sample((program, x) => SameAsReference(program, x),
            iter: Laws.Samples(20), print: _ => "");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(16)]
    [InlineData(27)]
    [InlineData(1001)]
    public void A_sum_is_taken_in_the_documented_order(int n)
    {
        double[] x = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i) * Math.Pow(10, i % 5))];
        SameAsReference(new(n, 1, 0, [], [new Loop(n, [], 0, [], [new(Slice(Space.Input, 0), new(Space.Output, 0))])]), x);
        SameAsReference(new(n, 1, 0, [], [new Loop(n, [], 0, [], [new(Slice(Space.Input, 0), new(Space.Output, 0))])]),
            new double[n].Select(_ => -0.0).ToArray());
    }

    [Fact]
    public void A_loop_may_work_in_place()
    {
        const int N = 29;
        var load = new Loop(N, [new(Operation.Input, 0, Slice(Space.Input, 0), default)], 1, [new(0, new(Space.Work, N - 1, -1))], []);
        var square = new Loop(N, [new(Operation.Multiply, 0, Slice(Space.Work, 0), Slice(Space.Work, 0))], 1,
            [new(0, Slice(Space.Work, 0))], []);
        var store = new Loop(N, [new(Operation.Negate, 0, Slice(Space.Work, 0), default)], 1, [new(0, new(Space.Output, 0, 2))], []);
        var rest = new Straight([.. Enumerable.Range(0, N)
            .Select(i => new StraightOperation(Operation.Input, new(Space.Output, 2 * i + 1), new(Space.Work, i), default))]);
        SameAsReference(new(N, 2 * N, N, [], [load, square, square, store, rest]), [.. Enumerable.Range(0, N).Select(i => Math.Cos(i))]);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(10_000)]
    public void Straight_code_of_any_length_is_compiled(int count)
    {
        var random = new Random(count);
        List<StraightOperation> code = [];
        Operation[] usual = [Operation.Add, Operation.Multiply, Operation.Subtract, Operation.Max, Operation.Sqrt, Operation.AtLeast,
            Operation.Divide];
        for (var j = 0; j < count; j++) code.Add(new(usual[random.Next(usual.Length)], new(Space.Work, j % 700), Old(j), Old(j)));
        for (var i = 0; i < 50; i++) code.Add(new(Operation.Input, new(Space.Output, i), new(Space.Work, i * 7), default));
        var program = new LoopProgram(20, 50, 700, [], [new Straight(code)]);
        Assert.InRange(LoopCompiler.Compile(program).PartCount, 2, count / 250);
        SameAsReference(program, [.. Enumerable.Range(0, 20).Select(i => Math.Cos(i))]);

        Location Old(int j) => j < 700 || random.Next(3) == 0 ? new(Space.Input, random.Next(20)) : new(Space.Work, random.Next(700));
    }

    /// <summary>A compiler knows constants, and simplifies what is done with them.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_on_a_constant_gives_the_bits_that_it_gives_on_a_number(string name)
    {
        var operation = AllOperations.Named(name);
        double[] odd = [0.0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, 1e300, 0.5, 2.5, -3];
        const int Length = 17;
        foreach (var constant in odd)
        {
            Location one = new(Space.Constant, 0);
            var straight = odd.SelectMany((_, i) => new StraightOperation[]
            {
                new(operation, new(Space.Output, 2 * i), new(Space.Input, i), one),
                new(operation, new(Space.Output, 2 * i + 1), one, new(Space.Input, i)),
            });
            SameAsReference(new(odd.Length, 2 * odd.Length, 0, [constant], [new Straight([.. straight])]), odd);

            Access all = new(Space.Constant, 0, 0);
            var loop = new Loop(
                Length, [new(operation, 0, Slice(Space.Input, 0), all), new(operation, 1, all, Slice(Space.Input, 0))], 2,
                    [new(0, Slice(Space.Output, 0)), new(1, Slice(Space.Output, Length))], []);
            SameAsReference(new(Length, 2 * Length, 0, [constant], [loop]),
                [.. Enumerable.Range(0, Length).Select(i => odd[i % odd.Length])]);
        }
    }

    [Fact]
    public void A_recorded_function_is_the_same_compiled() =>
        Gen.Select(RandomFunction.Wild, RandomFunction.WildPoint).Sample((f, x) =>
        {
            var graph = Differentiation.GradientAndValue(Record(f.Run, x));
            return graph.Evaluate(x).Zip(Run(LoopCompiler.Compile(StraightProgram.Of(graph)), x), SameBits).All(same => same);
        }, iter: Laws.Samples(300));

    [Theory]
    [InlineData(20, 260)]
    [InlineData(37, 1300)]
    [InlineData(1003, 800)]
    public void Loops_with_long_bodies_are_compiled(int length, int count)
    {
        var random = new Random(count);
        Operation[] usual = [Operation.Input, Operation.Add, Operation.Subtract, Operation.Multiply, Operation.Max, Operation.UnitStep,
            Operation.Negate];
        List<LoopOperation> body = [];
        for (var j = 0; j < count; j++) body.Add(new(usual[random.Next(usual.Length)], j, Old(j), Old(j)));
        List<Store> stores = [.. Enumerable.Range(0, 4).Select(s => new Store(random.Next(count), Slice(Space.Output, 1 + s * length)))];
        stores.Add(new(3, Slice(Space.Work, 0))); // which the body reads to its end
        var fill = new Loop(length, [new(Operation.Input, 0, Slice(Space.Input, 1), default)], 1, [new(0, Slice(Space.Work, 0))], []);
        var last = new Loop(length, [new(Operation.Input, 0, Slice(Space.Work, 0), default)], 1,
            [new(0, Slice(Space.Output, 1 + 4 * length))], []);
        var loop = new Loop(length, body, count, stores, [new(new(Space.Register, count / 2, 0), new(Space.Output, 0))]);
        double[] x = [.. Enumerable.Range(0, length + 9).Select(i => Math.Cos(i))];
        SameAsReference(new(length + 9, 1 + 5 * length, length, [0.5], [fill, loop, last]), x);

        Access Old(int j) => random.Next(j < 2 ? 3 : 6) switch
        {
            0 => Slice(Space.Input, random.Next(9)),
            1 => new(Space.Constant, 0, 0),
            2 => Slice(Space.Work, 0),
            _ => new(Space.Register, random.Next(Math.Max(0, j - 400), j), 0),
        };
    }

    [Fact]
    public void A_loop_that_would_fill_the_memory_is_not_compiled()
    {
        const int Count = 600;
        List<LoopOperation> body = [.. Enumerable.Range(0, Count).Select(j => j < 300
            ? new LoopOperation(Operation.Negate, j, Slice(Space.Input, 0), default)
                : new(Operation.Add, j, new(Space.Register, j - 300, 0), Slice(Space.Input, 0)))];
        var program = new LoopProgram(50_000, 50_000, 0, [], [new Loop(50_000, body, Count, [new(Count - 1, Slice(Space.Output, 0))], [])]);
        Assert.Throws<NotSupportedException>(() => LoopCompiler.Compile(program));
    }

    [Fact]
    public void Results_may_overlap_arguments()
    {
        var straight = new LoopProgram(2, 2, 0, [], [new Straight(
        [
            new(Operation.Subtract, new(Space.Output, 0), new(Space.Input, 1), new(Space.Input, 0)),
            new(Operation.Multiply, new(Space.Output, 1), new(Space.Input, 0), new(Space.Input, 1)),
        ])]);
        double[] both = [3, 5];
        LoopCompiler.Compile(straight).Evaluate(both, both);
        Assert.Equal([2, 15], both);

        const int N = 37;
        var backwards = new LoopProgram(N, N, 0, [],
            [new Loop(N, [new(Operation.Negate, 0, new(Space.Input, N - 1, -1), default)], 1, [new(0, Slice(Space.Output, 0))], [])]);
        double[] all = [.. Enumerable.Range(0, N + 3)];
        LoopCompiler.Compile(backwards).Evaluate(all.AsSpan(0, N), all.AsSpan(3));
        Assert.Equal(Enumerable.Range(0, N).Select(i => (double)(i - N + 1)), all.Skip(3));
    }

    [Fact]
    public void A_program_of_nothing_is_compiled()
    {
        Assert.Empty(Run(LoopCompiler.Compile(new(0, 0, 0, [], [])), []));
        Assert.Empty(Run(LoopCompiler.Compile(new(1, 0, 0, [], [new Straight([])])), [1]));
    }

    [Fact]
    public void An_evaluation_allocates_nothing_and_threads_do_not_meet()
    {
        const int N = 100;
        var loop = new Loop(N, [new(Operation.Exp, 0, Slice(Space.Input, 0), default)], 1, [new(0, Slice(Space.Work, 0))], []);
        var program = new LoopProgram(N, 1, N, [], [loop, new Loop(N, [], 0, [], [new(Slice(Space.Work, 0), new(Space.Output, 0))])]);
        var compiled = LoopCompiler.Compile(program);
        double[][] points = [.. Enumerable.Range(0, 200).Select(k => Enumerable.Range(0, N).Select(i => Math.Sin(i + k)).ToArray())];
        double[] expected = [.. points.Select(x => Run(new ReferenceRunner(program), x)[0])];
        var actual = new double[points.Length];
        Parallel.For(0, points.Length, k => actual[k] = Run(compiled, points[k])[0]);
        Assert.Equal(expected, actual);

        Assert.Equal(0, Allocation.Least(100, () => compiled.Evaluate(points[0], actual.AsSpan(0, 1))));
    }

    [Fact]
    public void Wrong_lengths_are_refused()
    {
        var compiled = LoopCompiler.Compile(new(1, 1, 0, [],
            [new Straight([new(Operation.Negate, new(Space.Output, 0), new(Space.Input, 0), default)])]));
        Assert.Throws<ArgumentException>(() => compiled.Evaluate([], new double[1]));
        Assert.Throws<ArgumentException>(() => compiled.Evaluate([1], new double[2]));
    }
}
