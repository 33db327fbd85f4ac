using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using PhysOpt.PowerShell.ScriptBlocks.Reading;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>target.name, read and written; [type]::name.</summary>
internal static class Members
{
    /// <summary>target.name: an entry of a hashtable, a property, or the property of each element of a list.</summary>
    internal static object? Get(object? target, string name)
    {
        switch (Values.OrNull(target))
        {
            case null:
                return PlainScript.Member(null, name);
            case TracedText:
                throw Text.Used();
            case TracedNumber:
                if (IsSize(name)) return 1;
                throw new TraceRefusedException($"It asks for the property {name} of {Text.Kind(target)}");
            case TypedArray array:
                if (Is(name, "LongLength")) return (long)array.Count;
                if (IsSize(name)) return array.Count;
                return Is(name, "Rank") ? array.Rank : OfItself(array, array.Type, name) ?? OfEach(array, name);
            case NumberList list:
                if (Is(name, "Length")) return list.Count switch { 0 => null, 1 => 1, var n => Enumerable.Repeat<object?>(1, n).ToArray() };
                return IsSize(name) ? list.Count : OfItself(list, Conversions.TypeOfValue(list), name) ?? OfEach(list, name);
            case object?[] list:
                if (IsSize(name)) return list.Length;
                return !Values.HoldsOwn(list) || Is(name, "Rank") ? PlainScript.Member(list, name)
                    : OfItself(list, list.GetType(), name) ?? OfEach(list, name);
            case IDictionary table when table.Contains(name):
                return Values.Seen(table[name]);
            case IDictionary table when Is(name, "Keys"): // not those of a copy, whose order may be another
                return table.Keys;
            case IDictionary table when Is(name, "Values"):
                return table.Values;
            case BlockValue block:
                return block.Block is { } real ? PlainScript.Member(real, name)
                    : throw new TraceRefusedException($"It asks for the property {name} of a script block");
            case IList list when !IsSize(name) && Values.HoldsOwn(list) && PropertyOf(list.GetType(), name) is null:
                return OfItself(list, list.GetType(), name) ?? OfEach(list, name);
            default:
                return PlainScript.Member(target, name);
        }
    }

    /// <summary>True for what is no text behind the dot, as in $table.1: a table is asked for that very key.</summary>
    internal static bool IsKey(object? target, object? name) => name is not (null or string) && target is IDictionary;

    /// <summary>table.key of a key that is no text.</summary>
    /// <exception cref="TraceRefusedException">It is no table of PowerShell, or the key is a traced number.</exception>
    internal static object? OfKey(IDictionary table, object key)
    {
        return Values.Seen(table[Required(table, key)]);
    }

    /// <summary>table.key = value of a key that is no text.</summary>
    internal static void SetKey(Frame f, IDictionary table, object key, object? value)
    {
        Indexing.Writable(f, table);
        Indexing.RefuseNothing(value);
        Indexing.Put(table, Required(table, key), value);
    }

    static object Required(IDictionary table, object key)
    {
        key = TableKeys.Of(key)!;
        if (table is not (Hashtable or OrderedDictionary))
            throw new TraceRefusedException($"It asks for {Text.Of(key)} behind a dot, which is no name: write it in brackets");
        return key;
    }

    /// <summary>
    /// The property by which Measure-, Sort- and Select-Object take their input: they see the entries of a hashtable, and those of no other
    /// table.
    /// </summary>
    /// <exception cref="TraceRefusedException">There is none, which each of them takes in its own way.</exception>
    internal static object OfInput(object? item, string name, string command) =>
        (item is IDictionary and not Hashtable ? null : Values.OrNull(Get(item, name)))
            ?? throw new TraceRefusedException($"{command} finds no {name} in its input");

    /// <summary>target.name = value.</summary>
    internal static void Set(Frame f, object? target, string name, object? value)
    {
        Indexing.Writable(f, target);
        Indexing.RefuseNothing(value);
        switch (target)
        {
            case IDictionary table:
                Indexing.Put(table, name, value);
                return;
            case PSObject { BaseObject: PSCustomObject } custom when custom.Properties[name] is PSNoteProperty property:
                property.Value = value;
                return;
            default:
                if (Values.HoldsTraced(value))
                    throw new TraceRefusedException($"It writes a traced number into the property {name} of {Text.Kind(target)}");
                if (target is PSObject { BaseObject: ValueType } or ValueType)
                {
                    throw new TraceRefusedException($"It changes the {name} of {Text.Kind(target)}, which PowerShell copies when it is "
                        + "assigned; make a new one instead");
                }

                PlainScript.SetMember(target, name, value);
                return;
        }
    }

    /// <summary>[type]::name.</summary>
    internal static object? GetStatic(Type type, string name) => PlainScript.StaticMember(type, name);

    /// <summary>The property of each element that has it; one alone as itself.</summary>
    static object? OfEach(IEnumerable list, string name)
    {
        var found = new List<object?>();
        foreach (var item in list)
        {
            var element = Values.Seen(item);
            if (element is null or TracedNumber or ValueType) continue;
            var value = Get(element, name);
            if (value is null && !Has(element, name)) continue;
            if (Values.Elements(value) is { } several) found.AddRange(several.Cast<object?>());
            else found.Add(value);
        }

        return found.Count switch { 0 => null, 1 => found[0], _ => found.ToArray() };
    }

    /// <summary>A property that a list has itself, whatever it holds; null where it has none of the name.</summary>
    /// <exception cref="TraceRefusedException">What stands for the list does not know it.</exception>
    static object? OfItself(object list, Type type, string name)
    {
        if (name.ToUpperInvariant() is "PSOBJECT" or "PSBASE" or "PSADAPTED" or "PSEXTENDED" or "PSTYPENAMES")
            throw new TraceRefusedException($"It asks for the {name} of {Text.Kind(list)}, which may hold traced numbers");
        if (name.StartsWith("Is", StringComparison.OrdinalIgnoreCase)) // what it is depends on its type alone
            return PlainScript.Member(type.IsArray ? Array.CreateInstance(type.GetElementType()!, new int[type.GetArrayRank()])
                : Activator.CreateInstance(type), name);
        return PropertyOf(type, name) is null ? null
            : throw new TraceRefusedException($"It asks for the property {name} of {Text.Kind(list)}, which a trace does not keep");
    }

    static System.Reflection.PropertyInfo? PropertyOf(Type type, string name) => Array.Find(type.GetProperties(), each =>
        Is(each.Name, name) && each.GetIndexParameters().Length == 0);

    // of a custom object that has none it is $null
    static bool Has(object element, string name) => element is IDictionary table ? table.Contains(name)
        : element is PSObject { BaseObject: PSCustomObject } || (element is PSObject other && other.Properties[name] is not null);

    static bool IsSize(string name) => Is(name, "Count") || Is(name, "Length");

    /// <summary>Whether a name is that of a member, in whatever case.</summary>
    internal static bool Is(string name, string other) => name.Equals(other, StringComparison.OrdinalIgnoreCase);
}
