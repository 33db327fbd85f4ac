using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>
/// Shows PowerShell the properties of records, results and summaries, and among them the components of x and y as
/// numbers: X0, X1, ... or the names of the variables, and Y0, Y1, .... Export-Csv writes them as columns. Named in the
/// types file; costs nothing per object: a column is looked up when it is asked for.
/// </summary>
/// <remarks>
/// Numbers and short values come first, with the components after the loss; vectors, the message and the problem come
/// last.
/// </remarks>
public sealed class ComponentAdapter : PSPropertyAdapter
{
    static readonly ConcurrentDictionary<Type, Layout> Layouts = new();

    /// <summary>A property: its type, and how it is read.</summary>
    sealed record Column(Type Type, Func<object, object?> Read);

    /// <summary>The properties of a type: those before the components, and those after them.</summary>
    sealed record Layout(
        IReadOnlyList<string> Before, IReadOnlyList<string> After, Dictionary<string, (string Name, Column Column)> Columns);

    /// <inheritdoc/>
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
    {
        var layout = LayoutOf(baseObject);
        return
        [
            .. layout.Before.Select(Fixed),
            .. ComponentColumns.Of((IComponents)baseObject).Select(column => Component(column.Name, column.Place)),
            .. layout.After.Select(Fixed),
        ];

        PSAdaptedProperty Fixed(string name) => new(name, layout.Columns[name].Column);
    }

    /// <inheritdoc/>
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName)
    {
        if (propertyName is null) return null;
        if (LayoutOf(baseObject).Columns.TryGetValue(propertyName, out var known)) return new(known.Name, known.Column);
        return ComponentColumns.Find((IComponents)baseObject, propertyName) is var (name, place) ? Component(name, place) : null;
    }

    /// <inheritdoc/>
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        return ((Column)adaptedProperty.Tag).Read(adaptedProperty.BaseObject);
    }

    /// <inheritdoc/>
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty)
    {
        ArgumentNullException.ThrowIfNull(adaptedProperty);
        return ((Column)adaptedProperty.Tag).Type.FullName!;
    }

    /// <inheritdoc/>
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc/>
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => false;

    /// <inheritdoc/>
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value) =>
        throw new SetValueException($"{adaptedProperty?.Name} is read-only: records and results are what a run has left behind.");

    static PSAdaptedProperty Component(string name, ComponentColumns.Place place) => new(
        name,
        new Column(typeof(double), place.OfY ? (source => ((IComponents)source).Y![place.Index])
            : (source => ((IComponents)source).X[place.Index])));

    static Layout LayoutOf(object source) => Layouts.GetOrAdd(source.GetType(), static type =>
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var ordered = properties.Where(IsShort).Concat(properties.Where(property => !IsShort(property))).ToList();
        // 0 where there is no loss
        var before = ordered.FindIndex(property => property.Name.EndsWith("Loss", StringComparison.Ordinal)) + 1;
        return new(
            [.. ordered[..before].Select(property => property.Name)],
            [.. ordered[before..].Select(property => property.Name)],
            ordered.ToDictionary(property => property.Name, property =>
                (property.Name, new Column(property.PropertyType, property.GetValue)), StringComparer.OrdinalIgnoreCase));
    });

    /// <summary>What fits a cell of a table: numbers, a name, a status.</summary>
    static bool IsShort(PropertyInfo property) =>
        property.PropertyType.IsValueType
            || (property.PropertyType == typeof(string) && property.Name != nameof(OptimizationResult.Message));
}
