using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>What is known of the types whose static members a traced script may use.</summary>
internal static class TypeRules
{
    static readonly string[] OutsideWorld = ["System.IO.", "System.Net.", "System.Threading.", "System.Console", "System.Diagnostics.",
        "System.AppDomain", "System.GC"];
    static readonly string[] Spaces = ["PhysOpt.", "System.Collections.", "System.Linq.", "System.Numerics.", "System.Text.",
        "System.Globalization."];
    static readonly HashSet<Type> Known =
    [
        typeof(System.Math), typeof(MathF), typeof(decimal), typeof(Half), typeof(string), typeof(object), typeof(Array), typeof(Convert),
            typeof(BitConverter), typeof(TimeSpan),
        typeof(DateTime), typeof(DateTimeOffset), typeof(Tuple), typeof(ValueTuple), typeof(System.Management.Automation.PSCustomObject),
    ];

    /// <summary>True for a type of one of some names.</summary>
    internal static bool IsType(ITypeName type, params string[] names) => names.Contains(type.FullName, StringComparer.OrdinalIgnoreCase);

    /// <summary>Why a static member cannot be used; null where it gives the same every time.</summary>
    internal static string? Obstacle(Type type, string member, int? arguments)
    {
        if (type.Assembly.IsDynamic) return $"It uses the class {type.Name}, which cannot be looked into";
        if (type == typeof(Environment) || OutsideWorld.Any(space => type.FullName!.StartsWith(space, StringComparison.Ordinal))
            && type != typeof(System.Diagnostics.Stopwatch))
            return $"[{type.Name}]::{member} has to do with the world outside of the function";
        if (IsFickle(type, member, arguments)) return $"[{type.Name}]::{member} gives something else every time";
        return type == typeof(Random) || IsKnown(type) ? null : $"It uses [{type.Name}], which is not known to give the same every time";
    }

    static bool IsKnown(Type type) =>
        type.IsArray ? IsKnown(type.GetElementType()!)
        : type.IsPrimitive || type.IsEnum || Known.Contains(type) || typeof(Exception).IsAssignableFrom(type)
            || Spaces.Any(space => type.FullName!.StartsWith(space, StringComparison.Ordinal));

    static bool IsFickle(Type type, string member, int? arguments) =>
        ((type == typeof(DateTime) || type == typeof(DateTimeOffset))
            && (member.EndsWith("Now", StringComparison.OrdinalIgnoreCase) || member.Equals("Today", StringComparison.OrdinalIgnoreCase)))
        || (type == typeof(Random) && !(member.Equals("new", StringComparison.OrdinalIgnoreCase) && arguments == 1))
        || type == typeof(System.Diagnostics.Stopwatch)
            || (type == typeof(Guid) && member.Equals("NewGuid", StringComparison.OrdinalIgnoreCase));
}
