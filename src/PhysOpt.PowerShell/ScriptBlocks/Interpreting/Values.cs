using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Runtime.CompilerServices;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>What the values of an interpreted script are: PowerShell's own, and a few that stand for others.</summary>
/// <remarks>
/// A <see cref="TracedNumber"/> stands for a number, a <see cref="TypedArray"/> for an array of numbers, a <see cref="NumberList"/> for a
/// List[double], a <see cref="BlockValue"/> for a script block, <see cref="TracedText"/> for text that was made of traced numbers.
/// </remarks>
internal static class Values
{
    /// <summary>What a command gives that gives nothing.</summary>
    internal static readonly object Nothing = AutomationNull.Value;

    /// <summary>True for a traced number or a field of them.</summary>
    internal static bool IsTraced(object? value) => value is TracedNumber or Field { IsTraced: true };

    /// <summary>True for a traced number, and for what holds one or was made of one, however deep.</summary>
    internal static bool HoldsTraced(object? value) =>
        Holds(value, each => each is TracedNumber or TracedText or Field { IsTraced: true }, null);

    /// <summary>True where a value is, or holds, one that stands for another.</summary>
    internal static bool HoldsOwn(object? value) =>
        Holds(value, each => each is TracedNumber or TracedText or TypedArray or NumberList or BlockValue or Field { IsTraced: true },
            null);

    /// <summary>A value as expressions see it: without its wrapping, and arrays of numbers as <see cref="TypedArray"/>.</summary>
    internal static object? Seen(object? value)
    {
        switch (value)
        {
            case null or double or int or bool or string or TracedNumber:
                return value;
            case ScriptBlock block:
                return BlockValue.Of(block);
            case PSObject wrapped:
                if (ReferenceEquals(value, AutomationNull.Value)) return value;
                return wrapped.BaseObject is PSCustomObject ? value : Seen(wrapped.BaseObject);
            case Array array:
                return TypedArray.Covers(array) ? TypedArray.Of(array) : array;
            default:
                return value;
        }
    }

    /// <summary>A value where nothing is the same as $null.</summary>
    internal static object? OrNull(object? value) => ReferenceEquals(value, Nothing) ? null : value;

    /// <summary>The list of its elements for what PowerShell enumerates; null for what is one thing.</summary>
    internal static IEnumerable? Elements(object? value) => value switch
    {
        null or string or TracedNumber or double or int or IDictionary => null,
        TypedArray array => array,
        object?[] array => array,
        IEnumerator rest and not IEnumerable => Rest(rest),
        PSObject { BaseObject: var inner } => inner is PSCustomObject or PSObject ? null : Elements(inner),
        _ => LanguagePrimitives.GetEnumerable(value),
    };

    /// <summary>Its elements where it has a count and places: an array or list; null otherwise.</summary>
    internal static IReadOnlyList<object?>? List(object? value) => value switch
    {
        object?[] array => array,
        TypedArray array => [.. array],
        IReadOnlyList<object?> list => list,
        IList list => [.. list.Cast<object?>()],
        _ => null,
    };

    /// <summary>What an enumerator has left: a pipeline takes it once and for all.</summary>
    static IEnumerable Rest(IEnumerator enumerator)
    {
        while (enumerator.MoveNext()) yield return enumerator.Current;
    }

    static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    static bool Holds(object? value, Func<object?, bool> test, HashSet<object>? seen)
    {
        switch (value)
        {
            case null or string or double or int or bool:
                return false;
            case DictionaryEntry entry:
                return Holds(entry.Value, test, seen) || Holds(entry.Key, test, seen);
            case ITuple tuple:
                return Enumerable.Range(0, tuple.Length).Any(i => Holds(tuple[i], test, seen));
            case PSNoteProperty property:
                return Holds(property.Value, test, seen);
            case ValueType:
                return IsPair(value.GetType()) && Holds(((dynamic)value).Value, test, seen);
            case TypedArray { Plain: not null } or Vector or Matrix:
                return test(value);
        }

        if (test(value)) return true;
        if (value is not (IEnumerable or PSObject)) return false;
        seen ??= new(ReferenceEqualityComparer.Instance);
        if (!seen.Add(value)) return false;
        return value switch
        {
            PSObject { BaseObject: PSCustomObject } custom => custom.Properties.Any(property =>
                property is PSNoteProperty && Holds(property.Value, test, seen)),
            PSObject wrapped => Holds(wrapped.BaseObject, test, seen),
            IDictionary table => table.Values.Cast<object?>().Any(each => Holds(each, test, seen)),
            ICollection list => list.Cast<object?>().Any(each => Holds(each, test, seen)),
            TypedArray array => array.Any(each => Holds(each, test, seen)),
            NumberList list => list.Items.Exists(each => test(each)),
            _ => false,
        };
    }
}

/// <summary>Text that was made of traced numbers: it may be shown to people or thrown, and nothing else.</summary>
/// <param name="text">The text at the traced point.</param>
internal sealed class TracedText(string text)
{
    /// <inheritdoc/>
    public override string ToString() => text;
}
