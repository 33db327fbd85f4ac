using System.Management.Automation;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// The contents of a variable at some time: all objects that can be reached from it, each once, and what each of them holds itself.
/// </summary>
/// <remarks>Taking and comparing go through the objects once, whether or not they know each other; nothing is nested.</remarks>
internal sealed class Snapshot
{
    readonly Dictionary<object, Visited> known = new(ReferenceEqualityComparer.Instance);
    readonly List<Visited> visited = []; // the first stands for the variable itself
    readonly ShallowContents contents = new();

    /// <summary>An object and what it held.</summary>
    sealed class Visited(object? target)
    {
        internal object? Target => target;

        internal Array? Numbers { get; set; }

        internal object?[] Items { get; set; } = [];
    }

    /// <param name="value">What the variable holds.</param>
    /// <param name="unknown">Why the value is not to be relied on; null where that is seen by looking at it.</param>
    internal Snapshot(object? value, string? unknown = null)
    {
        Take(value);
        Unknown = unknown ?? Unknown;
    }

    /// <summary>What it holds that may act differently the next time, though it is the same object; null for nothing of the kind.</summary>
    internal string? Unknown { get; private set; }

    /// <summary>True where a script block, or an object that has methods in PowerShell, is among what it holds.</summary>
    internal bool HoldsCode => known.Keys.Any(each => each is ScriptBlock || ShallowContents.IsOfPowerShell(each.GetType()));

    /// <summary>True for an object that can be reached from the variable: what writes into it changes the variable.</summary>
    internal bool Contains(object value) =>
        known.ContainsKey(value) || (value is PSObject wrapped && known.ContainsKey(wrapped.BaseObject));

    /// <summary>
    /// True when a value has the same contents. Where other objects have the same contents, it is these that it knows from then on.
    /// </summary>
    internal bool Holds(object? value)
    {
        try
        {
            if (IsUntouched(value)) return true;
            if (!IsAlike(value)) return false;
        }
        catch (InvalidOperationException)
        {
            return false; // somebody else changes it at this moment
        }

        Take(value);
        return true;
    }

    void Take(object? value)
    {
        known.Clear();
        visited.Clear();
        Unknown = null;
        contents.ReadVariable(value);
        visited.Add(new(null));
        Keep(visited[0]);
        for (var next = 1; next < visited.Count; next++)
        {
            try
            {
                contents.Read(visited[next].Target!);
                Keep(visited[next]);
            }
            catch (InvalidOperationException)
            {
                Unknown ??= "a list that somebody else changes at this moment";
            }
        }
    }

    /// <summary>Keeps what was read of an object; the objects in it that were not seen yet are put at the end of the list.</summary>
    void Keep(Visited owner)
    {
        Unknown ??= contents.Unknown;
        owner.Numbers = (Array?)contents.Numbers?.Clone();
        owner.Items = [.. contents.Items];
        foreach (var item in owner.Items)
        {
            if (Leaves.IsLeaf(item) || known.ContainsKey(item!)) continue;
            var found = new Visited(item);
            known.Add(item!, found);
            visited.Add(found);
        }
    }

    /// <summary>True where all objects are the same ones, and hold what they held.</summary>
    bool IsUntouched(object? value)
    {
        contents.ReadVariable(value);
        for (var next = 0; ; contents.Read(visited[next].Target!))
        {
            var then = visited[next];
            if (!HasSameNumbers(then) || contents.Items.Count != then.Items.Length) return false;
            for (var i = 0; i < then.Items.Length; i++)
            {
                if (!Leaves.AreSame(contents.Items[i], then.Items[i])) return false;
            }

            if (++next == visited.Count) return true;
        }
    }

    /// <summary>True where each object has its own counterpart that held the same.</summary>
    bool IsAlike(object? value)
    {
        var counterparts = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<(object Now, Visited Then)>();
        contents.ReadVariable(value);
        if (!IsLike(visited[0])) return false;
        while (open.TryPop(out var pair))
        {
            if (pair.Now.GetType() != pair.Then.Target!.GetType()) return false;
            contents.Read(pair.Now);
            if (!IsLike(pair.Then)) return false;
        }

        return true;

        bool IsLike(Visited then)
        {
            if (!HasSameNumbers(then) || contents.Items.Count != then.Items.Length) return false;
            for (var i = 0; i < then.Items.Length; i++)
            {
                var (now, before) = (contents.Items[i], then.Items[i]);
                if (Leaves.IsLeaf(before) || Leaves.IsLeaf(now))
                {
                    if (!Leaves.AreSame(now, before)) return false;
                }
                else if (counterparts.TryGetValue(now!, out var known))
                {
                    if (!ReferenceEquals(known, before)) return false;
                }
                else
                {
                    if (!taken.Add(before!)) return false;
                    counterparts.Add(now!, before!);
                    open.Push((now!, this.known[before!]));
                }
            }

            return true;
        }
    }

    bool HasSameNumbers(Visited then) =>
        (contents.Unknown is null || Unknown is not null)
        && (then.Numbers is { } numbers
            ? contents.Numbers is { } now && ShallowContents.Bytes(now).SequenceEqual(ShallowContents.Bytes(numbers))
            : contents.Numbers is null);
}
