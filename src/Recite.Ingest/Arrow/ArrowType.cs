namespace Recite.Ingest.Arrow;

/// <summary>Types of columns (Schema.fbs of the Arrow columnar format), by the numbers of the format.</summary>
internal enum ArrowType
{
    Null = 1,
    Int = 2,
    Binary = 4,
    Utf8 = 5,
    List = 12,
    Struct = 13,
    Union = 14,
    FixedSizeList = 16,
    Map = 17,
    LargeBinary = 19,
    LargeUtf8 = 20,
    LargeList = 21,
    RunEndEncoded = 22,
    BinaryView = 23,
    Utf8View = 24,
    ListView = 25,
    LargeListView = 26,
}
