using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Shows PowerShell the properties of an <see cref="IterationRecord"/>, and among them the components of x and y as the numbers
/// X0, X1, ... and Y0, Y1, ...: columns that Export-Csv writes as numbers. Named in the types file; costs nothing per record.
/// </summary>
public sealed class IterationRecordAdapter : PSPropertyAdapter
{
    /// <summary>A property: its type, and how it is read.</summary>
    sealed record Column(Type Type, Func<IterationRecord, object?> Read);

    static readonly ConcurrentDictionary<string, Column?> Columns = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        var record = (IterationRecord)baseObject;
        return [.. Names(record).Select(name => new PSAdaptedProperty(name, Columns.GetOrAdd(name, Find)))];
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        var record = (IterationRecord)baseObject;
        var name = Names(record).FirstOrDefault(candidate => string.Equals(candidate, propertyName, StringComparison.OrdinalIgnoreCase));
        return name is null ? null : new PSAdaptedProperty(name, Columns.GetOrAdd(name, Find));
    }

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) =>
        ((Column)adaptedProperty.Tag).Read((IterationRecord)adaptedProperty.BaseObject);

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) => ((Column)adaptedProperty.Tag).Type.FullName!;

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => false;

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value) =>
        throw new SetValueException($"{adaptedProperty.Name} of an iteration record is read-only.");

    /// <summary>The names in the order of a CSV's columns.</summary>
    static IEnumerable<string> Names(IterationRecord record) =>
    [
        nameof(IterationRecord.Method), nameof(IterationRecord.Run), nameof(IterationRecord.Iteration), nameof(IterationRecord.Loss),
        .. Components("X", record.X), .. Components("Y", record.Y),
        nameof(IterationRecord.GradientNorm), nameof(IterationRecord.StepNorm), nameof(IterationRecord.Evaluations),
        nameof(IterationRecord.GradientEvaluations), nameof(IterationRecord.Elapsed), nameof(IterationRecord.Status),
        nameof(IterationRecord.X), nameof(IterationRecord.Y), nameof(IterationRecord.Gradient), nameof(IterationRecord.Step), nameof(IterationRecord.Problem),
    ];

    static IEnumerable<string> Components(string letter, Vector? vector) =>
        vector is { Count: <= IterationRecord.MaximumComponentColumns }
            ? Enumerable.Range(0, vector.Count).Select(i => letter + i.ToString(CultureInfo.InvariantCulture))
            : [];

    static Column Find(string name)
    {
        if (name.Length > 1 && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            return new(typeof(double), name[0] is 'X' or 'x' ? record => record.X[index] : record => record.Y?[index]);
        var property = typeof(IterationRecord).GetProperty(name)!;
        return new(property.PropertyType, property.GetValue);
    }
}
