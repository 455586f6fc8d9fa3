using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Marks one needed symbol version of an ELF library as weak (VER_FLG_WEAK), so that the loader warns instead of refusing.
/// Layout: System V ABI, .gnu.version_r (LSB core, "Symbol Versioning"); 64-bit little-endian only.
/// </summary>
public class WeakenVersion : Task
{
    private const int SectionTypeVersionNeeds = 0x6ffffffe;
    private const ushort Weak = 2;

    public string Library { get; set; }

    public string Version { get; set; }

    public override bool Execute()
    {
        byte[] file = File.ReadAllBytes(Library);
        long table = BitConverter.ToInt64(file, 0x28);
        int entrySize = BitConverter.ToUInt16(file, 0x3A);
        int count = BitConverter.ToUInt16(file, 0x3C);
        bool changed = false;
        for (int i = 0; i < count; i++)
        {
            int section = checked((int)(table + ((long)i * entrySize)));
            if (BitConverter.ToUInt32(file, section + 4) == SectionTypeVersionNeeds)
            {
                int names = checked((int)(table + (BitConverter.ToUInt32(file, section + 0x28) * (long)entrySize)));
                changed |= WeakenIn(file, (int)BitConverter.ToInt64(file, section + 0x18), (int)BitConverter.ToInt64(file, names + 0x18));
            }
        }

        if (!changed)
            return true;
        // The file is usually a symbolic link into the package cache: replace the link, never what it points to.
        File.Delete(Library);
        File.WriteAllBytes(Library, file);
        Log.LogMessage(MessageImportance.Normal, Library + ": " + Version + " is weak now");
        return true;
    }

    private bool WeakenIn(byte[] file, int need, int names)
    {
        bool changed = false;
        while (true)
        {
            int entry = need + BitConverter.ToInt32(file, need + 8);
            for (int left = BitConverter.ToUInt16(file, need + 2); left > 0; left--)
            {
                int name = names + BitConverter.ToInt32(file, entry + 8);
                int end = Array.IndexOf(file, (byte)0, name);
                if (Encoding.ASCII.GetString(file, name, end - name) == Version && file[entry + 4] != Weak)
                {
                    file[entry + 4] = (byte)Weak;
                    changed = true;
                }

                entry += BitConverter.ToInt32(file, entry + 12);
            }

            int next = BitConverter.ToInt32(file, need + 12);
            if (next == 0)
                return changed;
            need += next;
        }
    }
}
