using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>Numbers for the variables of a problem: in the order of x, or by name.</summary>
public sealed class VariableValues
{
    readonly IReadOnlyDictionary<string, object?>? others; // columns of a row that hold no numbers

    VariableValues(
        Vector? inOrder, IReadOnlyList<KeyValuePair<string, double>>? byName, IReadOnlyDictionary<string, object?>? others = null) =>
        (InOrder, ByName, this.others) = (inOrder, byName, others);

    /// <summary>The numbers in the order of x; null where they are given by name.</summary>
    internal Vector? InOrder { get; }

    /// <summary>The numbers with their names; null where they are given in order.</summary>
    internal IReadOnlyList<KeyValuePair<string, double>>? ByName { get; }

    /// <summary>What was given, for errors.</summary>
    internal object Given => InOrder ?? (object)ByName!;

    /// <summary>The names, where numbers are given by name.</summary>
    internal IEnumerable<string> Names => ByName?.Select(each => each.Key) ?? [];

    /// <summary>The numbers as a vector: in their order, or in that of the names.</summary>
    /// <param name="variables">The names of the variables; null where they have none.</param>
    /// <param name="role">What the numbers are, for messages and error ids.</param>
    /// <param name="missing">What stands for a name that is left out; null where every name is wanted.</param>
    /// <exception cref="ProblemException">A name is unknown or missing, or the variables have no names.</exception>
    internal Vector ToVector(VariableNames? variables, string role, double? missing = null)
    {
        var given = variables?.IndexOf("X0") >= 0 ? this : InPlaces();
        if (given.InOrder is { } numbers) return numbers;
        if (variables is null)
        {
            throw new ProblemException(
                $"{role}ByName", $"{role} is given by name ({string.Join(", ", Names)}), but the variables have no names here.",
                $"Give {role} as numbers, such as 1, 2; or let the function have a parameter for each variable.");
        }

        if (others is not null && variables.FirstOrDefault(others.ContainsKey) is { } column)
        {
            var value = others[column];
            throw new ProblemException(
                $"{role}NotNumeric",
                $"{role}, column '{column}': {(value is null or "" ? "it is empty" : $"{Numbers.Describe(value)} is no number")}.",
                $"Give '{column}' a number in each row, written with a point.");
        }

        return variables.Arrange(ByName!, role, missing);
    }

    /// <summary>The same in the order of x, where the names are X0, X1, ..., as columns of records are called.</summary>
    internal VariableValues InPlaces()
    {
        if (ByName is not { Count: > 0 } named) return this;
        var numbers = new double?[named.Count];
        foreach (var (name, value) in named)
        {
            if (!ComponentColumns.IsStandard(name, out var letter, out var index) || letter != 'X' || index >= numbers.Length) return this;
            numbers[index] = value;
        }

        return numbers.Contains(null) ? this : new(new Vector([.. numbers.Select(number => number!.Value)]), null);
    }

    /// <summary>The values that an object stands for, or what in it is not a number.</summary>
    internal static bool TryConvert(object? source, out VariableValues? values, out object? culprit, out string? name)
    {
        (values, name) = (null, null);
        var plain = Numbers.Unwrap(source);
        if (plain is VariableValues ready)
        {
            (values, culprit) = (ready, null);
            return true;
        }

        if (Entries(source, plain) is not { } entries)
        {
            var isVector = VectorConverter.TryConvert(source, out var vector, out culprit);
            if (isVector) values = new(vector, null);
            return isVector;
        }

        culprit = null;
        var found = new List<KeyValuePair<string, double>>();
        var others = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        var isRow = plain is not IDictionary && IsRowOfValues((PSObject)source!);
        (object? Value, string Name)? first = null;
        foreach (var (key, value) in entries)
        {
            culprit = Numbers.Unwrap(value);
            name = key;
            if (!Numbers.TryNumber(culprit, out var number)
                && !(culprit is string text
                    && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)))
            {
                if (!isRow) return false;
                first ??= (culprit, key);
                others[key] = culprit;
                continue;
            }

            found.Add(new(key, number));
        }

        if (found.Count == 0 && first is { } wrong)
        {
            (culprit, name) = wrong;
            return false;
        }

        values = new(null, found, others);
        return true;
    }

    /// <summary>True for a row that is no record: a record is a start by its column X, and its other columns are no variables.</summary>
    static bool IsRowOfValues(PSObject row) => row.Properties[nameof(IterationRecord.Iteration)] is null
        && (row.Properties["X"]?.Value is not { } x || Numbers.TryNumber(Numbers.Unwrap(x), out _)
            || double.TryParse(x.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    /// <summary>What a hashtable, a dictionary or a custom object holds; null for anything else.</summary>
    static IEnumerable<(string Name, object? Value)>? Entries(object? source, object? plain) =>
        plain is IDictionary table ? table.Keys.Cast<object>().Select(key => (key.ToString() ?? "", table[key]))
        : source is PSObject { BaseObject: PSCustomObject } custom
            && !custom.TypeNames.Any(type => type.StartsWith("Deserialized.PhysOpt.", StringComparison.Ordinal))
            ? custom.Properties.Select(property => (property.Name, (object?)property.Value))
        : null;
}

/// <summary>
/// Makes <see cref="VariableValues"/> of a parameter's argument: numbers, or a hashtable or custom object from names to
/// numbers.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class VariableValuesArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData is null) return null; // PowerShell says so itself where a value is wanted
        if (VariableValues.TryConvert(inputData, out var values, out var culprit, out var name)) return values;

        // With an invalid cast inside, the binder of pipeline input tries the other parameters.
        var message = name is null ? VectorConverter.WhyNot(culprit)
            : $"A number is wanted for '{name}', such as @{{ {name} = 3 }}, but there is {Numbers.Describe(culprit)}.";
        throw new ArgumentTransformationMetadataException(message, new PSInvalidCastException(message));
    }
}
