using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using PhysOpt.Functions;
using PhysOpt.Tracing.Operations;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tracing.Running;

/// <summary>
/// A graph made ready for the interpreter: instructions on registers, where a register is free again after its last use.
/// Immutable; any number of threads may evaluate it at once. Griewank and Walther (2008), section 4.1.
/// </summary>
/// <remarks>
/// Every operation gives the bits of <see cref="Operation"/>, in the order of the graph: what a script block computes. So it is a
/// tape that decides whether
/// guards hold. Values and derivatives are computed by programs.
/// </remarks>
internal sealed class Tape
{
    readonly Instruction[] code;
    readonly double[] constants; // stand in the registers after the inputs
    readonly int[] outputs;
    readonly Guard[] guards;
    readonly int registerCount;

    readonly record struct Instruction(Operation Operation, int Target, int A, int B);

    internal Tape(Graph graph)
    {
        InputCount = graph.InputCount;
        var layout = new Layout(graph);
        constants = [.. layout.Constants];
        code = new Instruction[graph.Count - InputCount - constants.Length];
        var next = 0;
        for (var k = 0; k < graph.Count; k++)
        {
            var (operation, a, b) = graph[k];
            if (operation.IsLeaf) continue;
            var (left, right) = (layout.RegisterOf(a), layout.RegisterOf(b < 0 ? a : b));
            code[next++] = new(operation, layout.Place(k), left, right);
        }

        outputs = [.. graph.Outputs.Select(layout.RegisterOf)];
        guards = [.. graph.Guards.Select(guard =>
            guard with { Left = layout.RegisterOf(guard.Left), Right = layout.RegisterOf(guard.Right) })];
        registerCount = layout.RegisterCount;
    }

    /// <summary>n.</summary>
    internal int InputCount { get; }

    /// <summary>m.</summary>
    internal int OutputCount => outputs.Length;

    /// <summary>The number of instructions.</summary>
    internal int Length => code.Length;

    /// <summary>The number of registers, inputs and constants included.</summary>
    internal int RegisterCount => registerCount;

    /// <summary>Evaluates the graph at x.</summary>
    /// <param name="x">n numbers.</param>
    /// <param name="values">Receives the m outputs; may overlap x.</param>
    /// <returns>True when all guards hold at x; where they do not, the outputs are those of another branch of the function.</returns>
    /// <exception cref="ArgumentException">x or values has another length.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a run is often over before the runtime would find out that this loop is hot
    internal bool Evaluate(ReadOnlySpan<double> x, Span<double> values)
    {
        if (x.Length != InputCount)
            throw new ArgumentException($"The function takes {Plural.Of(InputCount, "number")}, not {x.Length}.", nameof(x));
        if (values.Length != outputs.Length)
            throw new ArgumentException($"The function has {Plural.Of(outputs.Length, "output")}, not {values.Length}.", nameof(values));

        var registers = EvaluationMemory.OfThread(registerCount);
        x.CopyTo(registers);
        constants.CopyTo(registers, x.Length);

        // every register of every instruction lies below registerCount: the layout gave them out
        ref var r = ref MemoryMarshal.GetArrayDataReference(registers);
        foreach (ref readonly var step in code.AsSpan())
        {
            var (a, b) = (Unsafe.Add(ref r, step.A), Unsafe.Add(ref r, step.B));
            ref var target = ref Unsafe.Add(ref r, step.Target);
            target = Shortcuts.Evaluate(step.Operation, a, b);
        }

        for (var i = 0; i < outputs.Length; i++) values[i] = registers[outputs[i]];
        foreach (var guard in guards)
        {
            if (!guard.Holds(registers[guard.Left], registers[guard.Right])) return false;
        }

        return true;
    }

    /// <summary>Gives out registers: inputs first, then constants, then one for each result from its node to its last use.</summary>
    sealed class Layout
    {
        const int Kept = int.MaxValue;
        readonly Graph graph;
        readonly int[] registers;
        readonly int[] lastUse;
        readonly Stack<int> free = [];

        internal Layout(Graph graph)
        {
            this.graph = graph;
            registers = new int[graph.Count];
            lastUse = new int[graph.Count];
            for (var k = 0; k < graph.Count; k++)
            {
                var (operation, a, b) = graph[k];
                if (operation == Operation.Input) registers[k] = RegisterCount++;
                if (operation.IsLeaf) lastUse[k] = Kept;
                if (!operation.IsLeaf) lastUse[a] = int.Max(lastUse[a], k);
                if (b >= 0) lastUse[b] = int.Max(lastUse[b], k);
            }

            for (var k = 0; k < graph.Count; k++)
            {
                if (graph[k].Operation != Operation.Constant) continue;
                Constants.Add(graph.ConstantOf(k));
                registers[k] = RegisterCount++;
            }

            foreach (var node in graph.Outputs) lastUse[node] = Kept;
            foreach (var guard in graph.Guards) lastUse[guard.Left] = lastUse[guard.Right] = Kept;
        }

        internal List<double> Constants { get; } = [];

        internal int RegisterCount { get; private set; }

        internal int RegisterOf(int node) => registers[node];

        /// <summary>The register of the result of node k; those of its operands may be had again if this is their last use.</summary>
        internal int Place(int k)
        {
            var (_, a, b) = graph[k];
            if (lastUse[a] == k) free.Push(registers[a]);
            if (b >= 0 && b != a && lastUse[b] == k) free.Push(registers[b]);
            return registers[k] = free.TryPop(out var register) ? register : RegisterCount++;
        }
    }
}
