using System.Collections;
using System.Runtime.CompilerServices;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// Collections of .NET that keep an order or find things by comparing: a plain number and a traced one are no equals to them.
/// </summary>
internal static class Ordered
{
    static readonly HashSet<Type> Types = [typeof(PriorityQueue<,>), typeof(SortedSet<>), typeof(HashSet<>)];

    /// <summary>True for the types of such collections, but for tables, whose keys are never traced.</summary>
    internal static bool Is(Type type) => type.IsGenericType && Types.Contains(type.GetGenericTypeDefinition());

    /// <summary>Why one of a type cannot be used.</summary>
    internal static TraceRefusedException Refusal(Type type) => new($"{type.Name.Split('`')[0]} compares traced numbers in its own way; "
        + (type.GetGenericTypeDefinition() == typeof(HashSet<>) ? "use a list and -contains" : "use a list and Sort-Object"));

    /// <summary>True where one would come to compare a traced number with one of another kind.</summary>
    internal static bool IsTrap(object target, string name, object?[] arguments)
    {
        if (!Is(target.GetType()) || arguments.Length == 0) return false;
        var kind = target.GetType().GetGenericTypeDefinition();
        object?[] compared;
        if (kind == typeof(SortedSet<>) && Members.Is(name, "Add")) compared = [arguments[0], .. Cast(target)];
        else if (kind == typeof(PriorityQueue<,>) && Members.Is(name, "Enqueue") && arguments.Length == 2)
            compared = [arguments[1], .. Cast(target.GetType().GetProperty("UnorderedItems")!.GetValue(target)!)
                .Select(each => ((ITuple)each!)[1])];
        else return Values.HoldsTraced(arguments);
        return compared.Any(Values.HoldsTraced)
            && !compared.All(each => each is TracedNumber number && number.Type == (compared[0] as TracedNumber)?.Type);
    }

    static IEnumerable<object?> Cast(object items) => ((IEnumerable)items).Cast<object?>();
}
