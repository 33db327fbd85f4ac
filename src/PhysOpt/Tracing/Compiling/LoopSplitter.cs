using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Rolling;

namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// Cuts loops whose body is too long for one method into several loops, one after the other. Registers that a later one needs go
/// through the working
/// memory; what was loaded into a register from x or the constants is loaded again.
/// </summary>
internal sealed class LoopSplitter
{
    /// <summary>
    /// Operations in a body. It is compiled twice, and a just-in-time compiler looks closely at about a thousand variables of a
    /// method.
    /// </summary>
    internal const int LargestBody = 250;

    /// <summary>
    /// Memory for registers, in numbers. Where more is needed the interpreter does better, which works block by block in the cache.
    /// </summary>
    const int LargestMemory = 4_000_000;

    readonly Loop loop;
    readonly int partCount;
    readonly LoopOperation[] writers; // of the registers
    readonly int[] partOf; // of the registers: where it is written
    readonly int[] slots; // of the registers: its place in memory, or -1
    readonly int memory; // where the first slot is
    int slotCount;

    LoopSplitter(Loop loop, int memory)
    {
        (this.loop, this.memory) = (loop, memory);
        partCount = (loop.Body.Count + LargestBody - 1) / LargestBody;
        (writers, partOf, slots) = (new LoopOperation[loop.RegisterCount], new int[loop.RegisterCount], new int[loop.RegisterCount]);
        Array.Fill(slots, -1);
        for (var i = 0; i < loop.Body.Count; i++)
        {
            var operation = loop.Body[i];
            (writers[operation.Target], partOf[operation.Target]) = (operation, i / LargestBody);
            Use(operation.A, i / LargestBody);
            if (operation.Operation.IsBinary) Use(operation.B, i / LargestBody);
        }

        foreach (var store in loop.Stores) Use(new(Space.Register, store.Register, 0), PartOf(store));
    }

    /// <summary>The same program without long bodies.</summary>
    /// <exception cref="NotSupportedException">Too many registers would go through memory.</exception>
    internal static LoopProgram Split(LoopProgram program)
    {
        if (!program.Steps.Any(IsLong)) return program;
        var steps = new List<Step>();
        var memory = 0;
        foreach (var step in program.Steps)
        {
            if (!IsLong(step))
            {
                steps.Add(step);
                continue;
            }

            var splitter = new LoopSplitter((Loop)step, program.WorkCount);
            steps.AddRange(Enumerable.Range(0, splitter.partCount).Select(splitter.Part));
            memory = System.Math.Max(memory, splitter.slotCount * ((Loop)step).Length);
        }

        return program with { WorkCount = program.WorkCount + memory, Steps = steps };
    }

    static bool IsLong(Step step) => step is Loop loop && loop.Body.Count > LargestBody;

    /// <summary>A register that is used in a part after the one that writes it gets a slot.</summary>
    void Use(in Access access, int part)
    {
        if (access.Space != Space.Register || partOf[access.Offset] == part || slots[access.Offset] >= 0 || IsLoad(access.Offset)) return;
        slots[access.Offset] = slotCount++;
        if ((long)slotCount * loop.Length > LargestMemory) throw new NotSupportedException("The loop is too long to be compiled in parts.");
    }

    /// <summary>True where a register is better loaded again.</summary>
    bool IsLoad(int register) =>
        writers[register].Operation == Operation.Input && writers[register].A.Space is Space.Input or Space.Constant;

    Access SlotOf(int register) => new(Space.Work, memory + slots[register] * loop.Length, 1);

    Loop Part(int part)
    {
        var names = new Dictionary<int, int>(); // register to register of this part
        var (body, stores) = (new List<LoopOperation>(), new List<Store>());
        for (var i = part * LargestBody; i < loop.Body.Count && i < (part + 1) * LargestBody; i++)
        {
            var (operation, target, a, b, length) = loop.Body[i];
            var left = Renamed(a);
            var right = operation.IsBinary ? Renamed(b) : left;
            names[target] = body.Count;
            body.Add(new(operation, body.Count, left, right, length));
            if (slots[target] >= 0) stores.Add(new(names[target], SlotOf(target)));
        }

        stores.AddRange(loop.Stores.Where(store => PartOf(store) == part).Select(store => store with { Register = Local(store.Register) }));
        Sum[] sums = [.. loop.Sums.Where(sum => PartOf(sum) == part).Select(sum => sum with { Source = Renamed(sum.Source) })];
        return new(loop.Length, body, body.Count, stores, sums);

        Access Renamed(Access access) => access.Space == Space.Register ? access with { Offset = Local(access.Offset) } : access;

        int Local(int register)
        {
            if (names.TryGetValue(register, out var name)) return name;
            var source = IsLoad(register) ? writers[register].A : SlotOf(register);
            body.Add(new(Operation.Input, body.Count, source, source));
            return names[register] = body.Count - 1;
        }
    }

    /// <summary>The part that stores: the one that has the register, unless a later one still reads what the store overwrites.</summary>
    int PartOf(Store store)
    {
        if (store.Target.Space != Space.Work) return partOf[store.Register];
        var isRead = loop.Body.Any(operation => Overlaps(operation.A, store.Target) || Overlaps(operation.B, store.Target));
        return isRead ? partCount - 1 : partOf[store.Register];
    }

    int PartOf(Sum sum) => sum.Source.Space == Space.Register ? partOf[sum.Source.Offset] : 0;

    bool Overlaps(in Access a, in Access b)
    {
        if (a.Space != b.Space) return false;
        var ((lowA, highA), (lowB, highB)) = (Range(a), Range(b));
        return lowA <= highB && lowB <= highA;
    }

    (int Low, int High) Range(in Access access)
    {
        if (access.Indices is { } indices) return (indices.Min(), indices.Max());
        var last = access.Offset + (loop.Length - 1) * access.Stride;
        return (System.Math.Min(access.Offset, last), System.Math.Max(access.Offset, last));
    }
}
