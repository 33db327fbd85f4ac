using CsCheck;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tests.Tracing;

/// <summary>A random program of all operations, places and kinds of access, each step of which may read what earlier ones wrote.</summary>
internal sealed class RandomProgram
{
    const int InputCount = 40;

    static readonly double[] Odd = [0.0, -0.0, 1, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 5e-324, 1e300, 0.5, 2.5,
        -3, 1e6, -800, 712];

    static readonly Operation[] Computing = [Operation.Input, .. AllOperations.Computed];

    readonly Random random;
    readonly List<double> constants = [];
    readonly List<int> freeOutputs; // in an order of their own
    int workCount;
    int defined; // the working memory that steps before the loop at hand have written

    RandomProgram(int seed, int steps, int longest)
    {
        random = new(seed);
        for (var i = 0; i < 30; i++) constants.Add(Number(random));
        freeOutputs = [.. Enumerable.Range(0, 3 * longest + 20)];
        var outputCount = freeOutputs.Count;
        List<Step> list = [];
        for (var s = 0; s < steps; s++)
            list.Add(random.Next(3) == 0 ? Straight(random.Next(1, 40)) : Loop(random.Next(1, longest + 1), random.Next(1, 25)));
        list.Add(new Straight([.. freeOutputs.Select(i => new StraightOperation(Operation.Input, new(Space.Output, i), Old(), Old()))]));
        Program = new(InputCount, outputCount, workCount, [.. constants], list);
    }

    internal LoopProgram Program { get; }

    /// <summary>A program and a point.</summary>
    internal static Gen<(LoopProgram Program, double[] X)> Of(int steps, int longest) =>
        Gen.Select(Gen.Int, Gen.Int[1, steps], Gen.Int[1, longest], (seed, count, length) =>
        {
            var random = new Random(seed);
            return (new RandomProgram(seed, count, length).Program, Enumerable.Range(0, InputCount).Select(_ => Number(random)).ToArray());
        });

    static double Number(Random random) => random.Next(4) == 0 ? Odd[random.Next(Odd.Length)] : random.NextDouble() * 6 - 3;

    Location Old() => random.Next(3) switch
    {
        0 when workCount > 0 => new(Space.Work, random.Next(workCount)),
        1 => new(Space.Constant, random.Next(constants.Count)),
        _ => new(Space.Input, random.Next(InputCount)),
    };

    Straight Straight(int count)
    {
        List<StraightOperation> code = [];
        for (var j = 0; j < count; j++)
        {
            var (a, b) = (Old(), random.Next(8) == 0 ? default : Old());
            Location target = random.Next(6) == 0 && freeOutputs.Count > 0 ? new(Space.Output, Take())
                : random.Next(3) == 0 && workCount > 0 ? new(Space.Work, random.Next(workCount)) : new(Space.Work, workCount++);
            code.Add(new(Computing[random.Next(Computing.Length)], target, a, b));
            if (target.Space == Space.Output && random.Next(2) == 0)
                code.Add(new(Operation.Negate, new(Space.Work, workCount++), target, target));
        }

        return new(code);
    }

    int Take()
    {
        var at = random.Next(freeOutputs.Count);
        var output = freeOutputs[at];
        freeOutputs.RemoveAt(at);
        return output;
    }

    Loop Loop(int length, int count)
    {
        defined = workCount;
        List<LoopOperation> body = [];
        int[] names = [.. Enumerable.Range(0, count)];
        random.Shuffle(names);
        for (var j = 0; j < count; j++)
        {
            body.Add(new(Computing[random.Next(Computing.Length)], names[j], Operand(), Operand()));

            Access Operand() => j > 0 && random.Next(2) == 0 ? new(Space.Register, names[random.Next(j)], 0) : Old(length);
        }

        List<Store> stores = [];
        List<Sum> sums = [];
        for (var s = random.Next(3); s > 0; s--) stores.Add(new(random.Next(count), Target(length)));
        for (var s = random.Next(3); s > 0; s--)
        {
            sums.Add(new(random.Next(2) == 0 ? new(Space.Register, random.Next(count), 0) : Old(length), new(Space.Work, Fresh(1))));
        }

        return new(length, body, count, stores, sums);
    }

    /// <summary>What an earlier step wrote, or x, or constants.</summary>
    Access Old(int length)
    {
        var space = random.Next(3) switch { 0 when defined > 0 => Space.Work, 1 => Space.Constant, _ => Space.Input };
        var size = space switch { Space.Work => defined, Space.Constant => constants.Count, _ => InputCount };
        var stride = random.Next(5) switch { 0 => 0, 1 => -1, 2 => 2, 3 => -3, _ => 1 };
        var span = (length - 1) * Math.Abs(stride);
        if (span >= size) return random.Next(2) == 0 ? new(space, random.Next(size), 0)
            : new(space, 0, 0, [.. Enumerable.Range(0, length).Select(_ => random.Next(size))]);
        var low = random.Next(size - span);
        return new(space, stride < 0 ? low + span : low, stride);
    }

    Access Target(int length)
    {
        if (random.Next(4) == 0 && freeOutputs.Count >= length)
        {
            return new(Space.Output, 0, 0, [.. Enumerable.Range(0, length).Select(_ => Take())]);
        }

        if (random.Next(4) > 0) return random.Next(3) == 0 ? new(Space.Work, Fresh(length) + length - 1, -1)
            : new(Space.Work, Fresh(length), 1);

        int[] places = [.. Enumerable.Range(Fresh(length), length)];
        random.Shuffle(places);
        return new(Space.Work, 0, 0, places);
    }

    int Fresh(int count)
    {
        var first = workCount;
        workCount += count;
        return first;
    }
}
