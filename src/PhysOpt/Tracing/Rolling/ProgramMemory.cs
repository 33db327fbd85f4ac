using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Rolling;

/// <summary>Where the numbers of a program live: what has to be stored, and where, for how long.</summary>
/// <remarks>
/// Memory of vectors is used again after the last stage that reads them, that of single numbers after the last operation that does.
/// </remarks>
internal sealed class ProgramMemory
{
    const int Unknown = -1;
    const int Forever = int.MaxValue - 1;

    readonly ClassedGraph graph;
    readonly VectorSchedule schedule;
    readonly SequencePool pool = new();
    readonly List<double> constants = [];
    readonly Dictionary<long, int> singleConstants = [];
    readonly Dictionary<int[], int> constantVectors = [];
    readonly int[] outputs; // the first output that is a node, or -1
    readonly Location[] locations;
    readonly bool[] stored; // classes that are read elsewhere than in their own loop
    readonly int[] lastReads; // of a vector: the stage; of a single number: the operation that reads it last
    readonly bool[] readByLoops; // single numbers
    readonly Access?[] outputStores;
    readonly Dictionary<int, Stack<int>> free = []; // by length
    int[] scratch = [];

    internal ProgramMemory(ClassedGraph graph, VectorSchedule schedule, ReadOnlySpan<int> outputNodes)
    {
        (this.graph, this.schedule) = (graph, schedule);
        locations = new Location[graph.Count];
        for (var i = 0; i < graph.InputCount; i++) locations[i] = new(Space.Input, i);
        (lastReads, readByLoops, outputs) = (new int[graph.Count], new bool[graph.Count], new int[graph.Count]);
        (stored, outputStores) = (new bool[graph.Classes.Count], new Access?[graph.Classes.Count]);
        Array.Fill(outputs, Unknown);
        for (var j = outputNodes.Length - 1; j >= 0; j--) outputs[outputNodes[j]] = j;
        FindReaders();
        PlaceOutputs(outputNodes);
        PlaceWhatLoopsRead();
    }

    /// <summary>The constants so far.</summary>
    internal double[] Constants => [.. constants];

    /// <summary>The size of the working memory so far.</summary>
    internal int WorkCount { get; private set; }

    /// <summary>The access to all outputs that are this vector; null where its loop does not write them.</summary>
    internal Access? OutputStore(int vector) => outputStores[vector];

    /// <summary>True where a vector is read elsewhere than in its own loop.</summary>
    internal bool IsStored(int vector) => stored[vector];

    /// <summary>True where an output has to be copied from where the node lives.</summary>
    internal bool NeedsCopy(int output, int node) => locations[node] != new Location(Space.Output, output);

    /// <summary>Where the next reader finds a node that has been computed.</summary>
    internal Location LocationOf(int node)
    {
        if (graph.OperationOf(node) != Operation.Constant) return locations[node];
        var value = graph.ConstantOf(node);
        var bits = BitConverter.DoubleToInt64Bits(value);
        if (!singleConstants.TryGetValue(bits, out var index))
        {
            singleConstants[bits] = index = constants.Count;
            constants.Add(value);
        }

        return new(Space.Constant, index);
    }

    /// <summary>The memory for a vector that is stored beside its outputs, from its stage on.</summary>
    internal Access Place(int vector)
    {
        var members = graph.MembersOf(vector);
        var start = free.TryGetValue(members.Length, out var unused) && unused.TryPop(out var again) ? again : Extend(members.Length);
        for (var i = 0; i < members.Length; i++) locations[members[i]] = new(Space.Work, start + i);
        return new(Space.Work, start, 1);
    }

    /// <summary>The last stage that reads a vector.</summary>
    internal int LastRead(int vector) => lastReads[graph.MembersOf(vector)[0]];

    /// <summary>Gives back the memory of a vector.</summary>
    internal void Release(int vector)
    {
        var first = graph.MembersOf(vector)[0];
        if (locations[first].Space == Space.Work) Free(graph.MembersOf(vector).Length, locations[first].Index);
    }

    /// <summary>Says which operation, counted through all straight code, reads a single number last.</summary>
    internal void ReadBy(int operation, int node)
    {
        if (node >= 0 && !schedule.IsVector(graph.ClassOf(node))) lastReads[node] = operation;
    }

    /// <summary>The place for the result of an operation of straight code.</summary>
    internal Location Place(int operation, int node)
    {
        Release(graph.LeftOf(node));
        if (graph.RightOf(node) != graph.LeftOf(node)) Release(graph.RightOf(node));
        if (locations[node] != default) return locations[node];
        return locations[node] = new(Space.Work, free.TryGetValue(1, out var unused) && unused.TryPop(out var again) ? again : Extend(1));

        void Release(int operand)
        {
            if (operand < 0 || lastReads[operand] != operation || readByLoops[operand] || schedule.IsVector(graph.ClassOf(operand))) return;
            if (locations[operand].Space == Space.Work) Free(1, locations[operand].Index);
        }
    }

    /// <summary>The access to nodes of one class, in this order.</summary>
    internal Access ToAccess(ReadOnlySpan<int> nodes)
    {
        if (graph.ClassOf(nodes[0]) == ClassTable.Constant) return ToConstants(nodes);
        var places = Scratch(nodes.Length);
        var space = locations[nodes[0]].Space;
        for (var i = 0; i < places.Length; i++) places[i] = locations[nodes[i]].Index;
        return pool.ToAccess(space, places);
    }

    /// <summary>The access to operands of the members of a class.</summary>
    internal Access ToOperands(ReadOnlySpan<int> members, bool right)
    {
        var operands = new int[members.Length];
        for (var i = 0; i < operands.Length; i++) operands[i] = right ? graph.RightOf(members[i]) : graph.LeftOf(members[i]);
        return ToAccess(operands);
    }

    /// <summary>The access to places in a space.</summary>
    internal Access ToPlaces(Space space, ReadOnlySpan<int> places) => pool.ToAccess(space, places);

    /// <summary>Memory for so many numbers, to the end.</summary>
    internal Location Reserve(int length) => new(Space.Work, Extend(length));

    /// <summary>The access to outputs.</summary>
    internal Access ToOutputs(ReadOnlySpan<int> places) => pool.ToAccess(Space.Output, places);

    Access ToConstants(ReadOnlySpan<int> nodes)
    {
        if (nodes.IndexOfAnyExcept(nodes[0]) < 0) return new(Space.Constant, LocationOf(nodes[0]).Index, 0);
        return ToConstantVector(nodes);
    }

    Access ToConstantVector(ReadOnlySpan<int> nodes)
    {
        var sequence = pool.Find(nodes);
        if (!constantVectors.TryGetValue(sequence, out var start))
        {
            constantVectors[sequence] = start = constants.Count;
            foreach (var node in nodes) constants.Add(graph.ConstantOf(node));
        }

        return new(Space.Constant, start, 1);
    }

    /// <summary>Where a list starts: where its operands are if they lie side by side, otherwise a place of its own.</summary>
    Location PlaceList(int list)
    {
        var operands = graph.OperandsOf(list);
        if (schedule.StageOf(list) >= 0) return new(Space.Work, Extend(graph.LengthOf(list)));
        return graph.OperationOf(operands[0]) == Operation.Input ? new(Space.Input, operands[0])
            : new(Space.Constant, ToConstantVector(operands).Offset);
    }

    Span<int> Scratch(int length)
    {
        if (scratch.Length < length) scratch = new int[System.Math.Max(length, 2 * scratch.Length)];
        return scratch.AsSpan(0, length);
    }

    int Extend(int length) => (WorkCount += length) - length;

    void Free(int length, int start)
    {
        if (!free.TryGetValue(length, out var unused)) free[length] = unused = [];
        unused.Push(start);
    }

    void FindReaders()
    {
        for (var c = 0; c < graph.Classes.Count; c++)
        {
            var operation = graph.Classes.OperationOf(c);
            var members = graph.MembersOf(c);
            if (operation.IsLeaf || members.IsEmpty) continue;
            if (schedule.IsVector(c))
            {
                ReadByVector(c, members, right: false);
                if (graph.RightOf(members[0]) >= 0) ReadByVector(c, members, right: true);
            }
            else if (operation.IsList)
            {
                foreach (var list in members)
                {
                    foreach (var operand in graph.OperandsOf(list)) Read(operand, schedule.StageOf(list), byLoop: true);
                }
            }
            else if (operation == ClassTable.SumOfTerms)
            {
                foreach (var k in members)
                {
                    if (schedule.IsOverWholeVector(k)) continue;
                    foreach (var term in graph.TermsOf(k)) Read(term, schedule.StageOf(k), byLoop: true);
                }
            }
            else
            {
                foreach (var k in members)
                {
                    Read(graph.LeftOf(k), schedule.StageOf(k), byLoop: false);
                    if (graph.RightOf(k) >= 0) Read(graph.RightOf(k), schedule.StageOf(k), byLoop: false);
                }
            }
        }
    }

    void ReadByVector(int vector, ReadOnlySpan<int> members, bool right)
    {
        var operandClass = graph.ClassOf(right ? graph.RightOf(members[0]) : graph.LeftOf(members[0]));
        var stage = schedule.StageOfClass(vector);
        if (schedule.IsVector(operandClass))
        {
            if (!schedule.IsInLoop(vector, right, operandClass)) Read(graph.MembersOf(operandClass)[0], stage, byLoop: true);
        }
        else if (!graph.Classes.OperationOf(operandClass).IsLeaf)
        {
            foreach (var k in members) Read(right ? graph.RightOf(k) : graph.LeftOf(k), stage, byLoop: true);
        }
    }

    void Read(int node, int stage, bool byLoop)
    {
        var c = graph.ClassOf(node);
        if (schedule.IsVector(c))
        {
            stored[c] = true;
            ref var last = ref lastReads[graph.MembersOf(c)[0]];
            last = System.Math.Max(last, stage);
        }
        else if (byLoop)
        {
            readByLoops[node] = true;
        }
    }

    /// <summary>Outputs are written where they belong, as far as the one place serves all readers.</summary>
    void PlaceOutputs(ReadOnlySpan<int> outputNodes)
    {
        for (var j = 0; j < outputNodes.Length; j++)
        {
            var node = outputNodes[j];
            var c = graph.ClassOf(node);
            if (graph.OperationOf(node).IsLeaf || outputs[node] != j) continue;
            if (!schedule.IsVector(c))
            {
                if (!readByLoops[node]) locations[node] = new(Space.Output, j);
                continue;
            }

            var members = graph.MembersOf(c);
            if (outputStores[c] is not null || node != members[0]) continue;
            var places = Scratch(members.Length);
            for (var i = 0; i < places.Length; i++) places[i] = outputs[members[i]];
            if (places.Contains(Unknown)) continue;
            outputStores[c] = pool.ToAccess(Space.Output, places);
            for (var i = 0; i < places.Length; i++) locations[members[i]] = new(Space.Output, places[i]);
        }

        foreach (var node in outputNodes)
        {
            var c = graph.ClassOf(node);
            if (!schedule.IsVector(c) || outputStores[c] is not null) continue;
            stored[c] = true;
            lastReads[graph.MembersOf(c)[0]] = Forever;
        }
    }

    /// <summary>Single numbers that loops read lie side by side, class by class.</summary>
    void PlaceWhatLoopsRead()
    {
        for (var n = 0; n < graph.Members.Length; n++)
        {
            var node = graph.Members[n];
            if (readByLoops[node] && !graph.OperationOf(node).IsLeaf)
                locations[node] = graph.OperationOf(node).IsList ? PlaceList(node) : new(Space.Work, Extend(1));
            else if (graph.OperationOf(node) == ClassTable.SumOfTerms && locations[node].Space != Space.Output)
                locations[node] = new(Space.Work, Extend(1));
        }
    }
}
