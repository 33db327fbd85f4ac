using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>
/// What an object holds itself: the elements of a list, the entries of a hashtable, the properties of a custom object; not what these hold.
/// </summary>
internal sealed class ShallowContents
{
    const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    readonly Stack<object?> open = [];
    readonly HashSet<string> plainTypes = new(StringComparer.Ordinal); // names of custom objects for which no member is computed

    /// <summary>The elements, entries and properties, structs as their fields; empty for numbers in an array.</summary>
    internal List<object?> Items { get; } = [];

    /// <summary>The object itself where it is an array of numbers, whose bytes are what it holds.</summary>
    internal Array? Numbers { get; private set; }

    /// <summary>What may act differently the next time though it holds the same; null for nothing of the kind.</summary>
    internal string? Unknown { get; private set; }

    /// <summary>Reads an object; what was read before is gone.</summary>
    /// <exception cref="InvalidOperationException">Somebody else changes the object at this moment.</exception>
    internal void Read(object value)
    {
        Items.Clear();
        (Numbers, Unknown) = (null, null);
        switch (value)
        {
            case PSObject { BaseObject: PSCustomObject } custom:
                ReadCustom(custom);
                return;
            case PSObject wrapped:
                Add(wrapped.BaseObject);
                break;
            case Array array:
                ReadArray(array);
                break;
            case IDictionary table when IsOfCollections(value):
                foreach (DictionaryEntry entry in table) // in their order, which is what a loop over them sees
                {
                    Add(entry.Key);
                    Add(entry.Value);
                }

                break;
            case IEnumerable list when IsOfCollections(value) && value is not (IEnumerator or NameObjectCollectionBase):
                foreach (var item in list) Add(item);
                break;
            default:
                ReadOther(value);
                break;
        }

        foreach (var member in InstanceMembers.Of(value)) Add(member);
    }

    /// <summary>Reads a variable: what it holds is the value.</summary>
    internal void ReadVariable(object? value)
    {
        Items.Clear();
        (Numbers, Unknown) = (null, null);
        Add(value);
    }

    /// <summary>Adds one value, a struct by its fields.</summary>
    void Add(object? value)
    {
        open.Push(value);
        while (open.TryPop(out var next))
        {
            next = Plain(next);
            if (next is not ValueType || Leaves.IsLeaf(next))
            {
                Items.Add(next);
                continue;
            }

            Items.Add(next.GetType());
            foreach (var field in next.GetType().GetFields(Fields)) open.Push(field.GetValue(next));
        }
    }

    /// <summary>The object, without its wrapper where that holds nothing of its own.</summary>
    static object? Plain(object? value)
    {
        var plain = Binding.Numbers.Unwrap(value);
        return value is PSObject && plain is not null && (plain is PSCustomObject || InstanceMembers.Of(value).Any()) ? value : plain;
    }

    void ReadArray(Array array)
    {
        for (var dimension = 0; dimension < array.Rank && array.Rank > 1; dimension++) Items.Add(array.GetLength(dimension));
        if (array.GetType().GetElementType()!.IsPrimitive) Numbers = array;
        else foreach (var item in array) Add(item);
    }

    /// <summary>The bytes of an array of numbers.</summary>
    internal static ReadOnlySpan<byte> Bytes(Array numbers) =>
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(numbers), Buffer.ByteLength(numbers));

    void ReadCustom(PSObject custom)
    {
        foreach (var member in InstanceMembers.Of(custom)) Add(member);
        if (custom.TypeNames.FirstOrDefault() is not { } name || plainTypes.Contains(name)) return;
        if (custom.Members.Any(InstanceMembers.IsComputed)) Unknown ??= Computed;
        else plainTypes.Add(name);
    }

    void Add(PSMemberInfo member)
    {
        if (member is PSNoteProperty)
        {
            Items.Add(member.Name);
            Add(member.Value);
        }
        else if (InstanceMembers.IsComputed(member))
        {
            Unknown ??= Computed;
        }
    }

    void ReadOther(object value)
    {
        switch (value)
        {
            case StringBuilder text:
                Items.Add(text.ToString());
                break;
            case ScriptBlock block: // code: the same where the same text stands at the same place
                Items.AddRange([block.Ast, block.Module]);
                break;
            case FunctionInfo function:
                Add(function.ScriptBlock);
                break;
            case AliasInfo alias:
                Add(alias.ResolvedCommand);
                break;
            case PSVariable variable:
                Add(variable.Value);
                break;
            case PSReference reference:
                Add(reference.Value);
                break;
            case XmlNode node:
                Items.AddRange([(node.OwnerDocument ?? node).OuterXml, node.OuterXml]);
                break;
            case System.Runtime.CompilerServices.ITuple tuple:
                for (var i = 0; i < tuple.Length; i++) Add(tuple[i]);
                break;
            default:
                if (!TryReadClass(value)) Unknown ??= $"[{value.GetType().Name}]";
                break;
        }
    }

    /// <summary>An object of a class that was written in PowerShell: its properties, hidden ones too, which are fields.</summary>
    bool TryReadClass(object value)
    {
        for (var type = value.GetType(); type != typeof(object); type = type.BaseType!)
        {
            if (!IsOfPowerShell(type)) return false;
            foreach (var field in type.GetFields(Fields))
            {
                if (field.Name != "__sessionState") Add(field.GetValue(value));
            }
        }

        if (PSObject.AsPSObject(value).Members.Any(InstanceMembers.IsComputed)) Unknown ??= Computed;
        return true;
    }

    /// <summary>True for a class that was written in PowerShell.</summary>
    internal static bool IsOfPowerShell(Type type) =>
        type.Assembly is { IsDynamic: true, FullName: { } name } && name.StartsWith("PowerShell Class Assembly", StringComparison.Ordinal);

    /// <summary>True for the collections of .NET, and PowerShell's hashtables, whose types add nothing of their own.</summary>
    static bool IsOfCollections(object value) =>
        value.GetType().Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
        || (value is Hashtable && value.GetType().Assembly == typeof(PSObject).Assembly);

    const string Computed = "an object with properties or methods that are computed";
}
