using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Rolling;

/// <summary>
/// When and in which order everything is computed. Classes that are large enough are vectors; each node has a stage, even for
/// straight code and
/// odd for loops, and whatever a node needs comes from an earlier stage, or from the same one where both are straight code or turn
/// k of both
/// belongs to one turn of one loop.
/// </summary>
internal sealed class VectorSchedule
{
    readonly ClassedGraph graph;
    readonly int[] positions;
    readonly int[] stages; // of nodes that are not in vectors
    readonly int[] classStages; // of vectors
    readonly bool[] vectors;
    readonly bool[] alignedLeft;
    readonly bool[] alignedRight;
    readonly HashSet<int> wholeVectorSums = [];
    int[] keys = [];

    internal VectorSchedule(ClassedGraph graph)
    {
        this.graph = graph;
        var classes = graph.Classes.Count;
        (positions, stages) = (new int[graph.Count], new int[graph.Count]);
        (classStages, vectors, alignedLeft, alignedRight) = (new int[classes], new bool[classes], new bool[classes], new bool[classes]);
        for (var c = 0; c < classes; c++)
        {
            var operation = graph.Classes.OperationOf(c);
            var members = graph.MembersOf(c);
            vectors[c] = operation.ReadsList // even one
                || (members.Length >= LoopShape.ShortestVector && operation is { IsLeaf: false, IsList: false }
                    && operation != ClassTable.SumOfTerms);
            if (vectors[c]) Order(members);
            for (var i = 0; i < members.Length; i++) positions[members[i]] = operation == Operation.Input ? members[i] : i;
            if (operation.IsLeaf) foreach (var k in members) stages[k] = -1;
            else if (operation == ClassTable.SumOfTerms) foreach (var k in members) stages[k] = StageOfSum(k);
            else if (operation.IsList) StageLists(c, members);
            else if (vectors[c]) classStages[c] = StageOfVector(c, members);
            else foreach (var k in members) stages[k] = StageOfStraight(k);
        }

        MoveToConsumers();
    }

    /// <summary>True where the nodes of a class are one vector.</summary>
    internal bool IsVector(int nodeClass) => vectors[nodeClass];

    internal int StageOf(int node) => vectors[graph.ClassOf(node)] ? classStages[graph.ClassOf(node)] : stages[node];

    internal int StageOfClass(int vector) => classStages[vector];

    /// <summary>True where turn k of a vector needs number k of the operand's vector, which is of the same length.</summary>
    internal bool IsAligned(int vector, bool right) => right ? alignedRight[vector] : alignedLeft[vector];

    /// <summary>True where the operand is in a register of the same loop.</summary>
    internal bool IsInLoop(int vector, bool right, int operandClass) =>
        IsAligned(vector, right) && classStages[vector] == classStages[operandClass];

    /// <summary>True for a sum over all numbers of one vector.</summary>
    internal bool IsOverWholeVector(int sum) => wholeVectorSums.Contains(sum);

    /// <summary>
    /// Sorts the members as their operands lie, where that tells: then operands are slices, and what belongs together is in one
    /// loop.
    /// </summary>
    void Order(Span<int> members)
    {
        if (keys.Length < members.Length) keys = new int[System.Math.Max(members.Length, 2 * keys.Length)];
        var right = KeyIsRight(members[0], members.Length);
        if (OrderBy(members, right) || (graph.RightOf(members[0]) >= 0 && OrderBy(members, !right))) return;
        FindKeys(members, right);
        SortWhereDistinct(members);
    }

    /// <summary>True where the operands on one side lie in order, forwards or backwards; they are put forwards.</summary>
    bool OrderBy(Span<int> members, bool right)
    {
        FindKeys(members, right);
        var (ascends, descends) = (true, true);
        for (var i = 1; i < members.Length; i++)
        {
            ascends &= keys[i] >= keys[i - 1];
            descends &= keys[i] <= keys[i - 1];
        }

        if (ascends == descends) return false; // neither, or one operand for all
        if (descends) members.Reverse();
        return true;
    }

    void FindKeys(ReadOnlySpan<int> members, bool right)
    {
        for (var i = 0; i < members.Length; i++) keys[i] = positions[right ? graph.RightOf(members[i]) : graph.LeftOf(members[i])];
    }

    void SortWhereDistinct(Span<int> members)
    {
        int[] sorted = [.. members];
        Array.Sort(keys, sorted, 0, sorted.Length);
        for (var i = 1; i < sorted.Length; i++)
        {
            if (keys[i] == keys[i - 1]) return;
        }

        sorted.CopyTo(members);
    }

    bool KeyIsRight(int node, int length)
    {
        var b = graph.RightOf(node);
        return b >= 0 && Rating(b) > Rating(graph.LeftOf(node));

        int Rating(int operand)
        {
            var c = graph.ClassOf(operand);
            return vectors[c] ? (graph.MembersOf(c).Length == length ? 4 : 2)
                : c == ClassTable.Input ? 3
                : graph.Classes.OperationOf(c) == ClassTable.SumOfTerms ? 1 : 0;
        }
    }

    int StageOfStraight(int k)
    {
        var stage = After(graph.LeftOf(k));
        return graph.RightOf(k) < 0 ? stage : System.Math.Max(stage, After(graph.RightOf(k)));

        int After(int operand) => StageOf(operand) + (StageOf(operand) & 1); // the next even one; 0 after leaves
    }

    /// <summary>The first stage of loops that may read a node at any place.</summary>
    int LoopAfter(int operand) => (StageOf(operand) & 1) == 0 ? StageOf(operand) + 1 : StageOf(operand) + 2;

    int StageOfSum(int sum)
    {
        var terms = graph.TermsOf(sum);
        var c = graph.ClassOf(terms[0]);
        if (c != ClassTable.Constant) SortTerms(terms);
        if (vectors[c] && terms.Length == graph.MembersOf(c).Length && positions[terms[0]] == 0 && AreConsecutive(terms))
        {
            wholeVectorSums.Add(sum);
            return classStages[c];
        }

        var stage = 1;
        foreach (var term in terms) stage = System.Math.Max(stage, LoopAfter(term));
        return stage;
    }

    /// <summary>Lists are made when all is there that they are made of; those that can be read where they are, never.</summary>
    void StageLists(int listClass, ReadOnlySpan<int> members)
    {
        var isInPlace = graph.IsInPlace(listClass);
        foreach (var list in members)
        {
            stages[list] = isInPlace ? -1 : 1;
            if (isInPlace) continue;
            foreach (var operand in graph.OperandsOf(list)) stages[list] = System.Math.Max(stages[list], LoopAfter(operand));
        }
    }

    void SortTerms(Span<int> terms)
    {
        var ascends = true;
        for (var i = 1; i < terms.Length; i++) ascends &= positions[terms[i]] >= positions[terms[i - 1]];
        if (ascends) return;
        if (keys.Length < terms.Length) keys = new int[System.Math.Max(terms.Length, 2 * keys.Length)];
        for (var i = 0; i < terms.Length; i++) keys[i] = positions[terms[i]];
        keys.AsSpan(0, terms.Length).Sort(terms);
    }

    bool AreConsecutive(ReadOnlySpan<int> nodes)
    {
        for (var i = 1; i < nodes.Length; i++)
        {
            if (positions[nodes[i]] != positions[nodes[i - 1]] + 1) return false;
        }

        return true;
    }

    int StageOfVector(int vector, ReadOnlySpan<int> members) =>
        System.Math.Max(StageOfOperands(vector, members, false), StageOfOperands(vector, members, true));

    int StageOfOperands(int vector, ReadOnlySpan<int> members, bool right)
    {
        var first = right ? graph.RightOf(members[0]) : graph.LeftOf(members[0]);
        if (first < 0) return 1;
        var c = graph.ClassOf(first);
        if (graph.Classes.OperationOf(c).IsLeaf) return 1;
        if (vectors[c])
        {
            var aligned = members.Length == graph.MembersOf(c).Length;
            for (var i = 0; aligned && i < members.Length; i++)
                aligned = positions[right ? graph.RightOf(members[i]) : graph.LeftOf(members[i])] == i;
            (right ? alignedRight : alignedLeft)[vector] = aligned;
            return aligned ? classStages[c] : classStages[c] + 2;
        }

        var stage = 1;
        foreach (var k in members) stage = System.Math.Max(stage, LoopAfter(right ? graph.RightOf(k) : graph.LeftOf(k)));
        return stage;
    }

    /// <summary>A vector that only later loops need, turn by turn, is computed there: it need not be stored then.</summary>
    void MoveToConsumers()
    {
        var latest = new int[vectors.Length]; // 0 where a vector is needed where it is, int.MaxValue where nothing is known to need it
        Array.Fill(latest, int.MaxValue);
        for (var c = vectors.Length - 1; c >= 0; c--)
        {
            var members = graph.MembersOf(c);
            if (vectors[c])
            {
                if (latest[c] is not (0 or int.MaxValue) && VectorOperands(members[0]) <= 1) classStages[c] = latest[c];
                Need(graph.LeftOf(members[0]), alignedLeft[c] ? classStages[c] : 0);
                Need(graph.RightOf(members[0]), alignedRight[c] ? classStages[c] : 0);
            }
            else if (graph.Classes.OperationOf(c) == ClassTable.SumOfTerms)
            {
                foreach (var k in members) Need(graph.TermsOf(k)[0], 0);
            }
            else if (graph.Classes.OperationOf(c).IsList)
            {
                foreach (var list in members)
                {
                    foreach (var operand in graph.OperandsOf(list)) Need(operand, 0);
                }
            }
            else if (!graph.Classes.OperationOf(c).IsLeaf)
            {
                foreach (var k in members)
                {
                    Need(graph.LeftOf(k), 0);
                    Need(graph.RightOf(k), 0);
                }
            }
        }

        void Need(int operand, int stage)
        {
            if (operand < 0) return;
            var c = graph.ClassOf(operand);
            latest[c] = System.Math.Min(latest[c], stage);
        }

        int VectorOperands(int node)
        {
            var (a, b) = (graph.LeftOf(node), graph.RightOf(node));
            return (vectors[graph.ClassOf(a)] ? 1 : 0) + (b >= 0 && vectors[graph.ClassOf(b)] ? 1 : 0);
        }
    }
}
